-- Which messages of each person each other person passed on, in millionths: inferred forwards by their probability, hostile and coordinated ones left out.
-- grain: influencer_number, influenced_number, message_number
-- check: influencer_number <> influenced_number
-- check: passed_micros BETWEEN 1 AND 1000000
SELECT
  a.person_number AS influencer_number,
  b.person_number AS influenced_number,
  f.target_number AS message_number,
  -- whoever quotes what they have forwarded before passed it on once
  CAST(least(sum(CAST(floor(f.probability * 1000000 + 0.5) AS BIGINT)), 1000000) AS BIGINT) AS passed_micros
FROM (
  SELECT message_number, parent_number AS target_number, CAST(1 AS DOUBLE) AS probability
  FROM est_forest
  WHERE is_seen AND parent_number IS NOT NULL AND own_rule < 2
  UNION ALL
  SELECT responder_number AS message_number, target_number, probability
  FROM est_inferred_forwards
  -- what rounds to no millionth is no forward
  WHERE probability >= 5e-7
) f
JOIN stg_messages m ON m.message_number = f.message_number
JOIN stg_messages t ON t.message_number = f.target_number AND t.kind IN ('post', 'reshare', 'quote')
JOIN est_forest s ON s.message_number = f.target_number AND s.is_seen
JOIN stg_persons a ON a.author_number = t.author_number
JOIN stg_persons b ON b.author_number = m.author_number
ANTI JOIN stg_hostile_messages h ON h.message_number = f.message_number
ANTI JOIN est_coordinated_messages c ON c.message_number = f.message_number
WHERE a.person_number <> b.person_number AND (m.kind = 'reshare' OR coalesce(m.sentiment, 0) >= 0)
GROUP BY a.person_number, b.person_number, f.target_number
