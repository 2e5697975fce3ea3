-- Which messages of each person each other person passed on, in millionths: inferred forwards by their probability, hostile and coordinated ones left out.
-- grain: influencer_number, influenced_number, message_number
-- check: influencer_number <> influenced_number
-- check: passed_micros BETWEEN 1 AND 1000000
WITH authored AS (
  SELECT m.message_number, p.person_number, m.kind, m.sentiment
  FROM stg_messages m
  JOIN stg_persons p ON p.author_number = m.author_number
),
forwards AS (
  SELECT message_number, parent_number AS target_number, CAST(1 AS DOUBLE) AS probability
  FROM est_forest
  WHERE is_seen AND parent_number IS NOT NULL AND own_rule < 2
  UNION ALL
  SELECT responder_number AS message_number, target_number, probability
  FROM est_inferred_forwards
  -- what rounds to no millionth is no forward
  WHERE probability >= 5e-7
),
friendly AS (
  SELECT f.message_number, f.target_number, f.probability, m.person_number
  FROM forwards f
  JOIN authored m ON m.message_number = f.message_number
  ANTI JOIN stg_hostile_messages h ON h.message_number = f.message_number
  ANTI JOIN est_coordinated_messages c ON c.message_number = f.message_number
  WHERE m.kind = 'reshare' OR coalesce(m.sentiment, 0) >= 0
)
SELECT
  t.person_number AS influencer_number,
  f.person_number AS influenced_number,
  f.target_number AS message_number,
  -- whoever quotes what they have forwarded before passed it on once
  CAST(least(sum(CAST(floor(f.probability * 1000000 + 0.5) AS BIGINT)), 1000000) AS BIGINT) AS passed_micros
FROM friendly f
JOIN authored t ON t.message_number = f.target_number
SEMI JOIN (SELECT message_number FROM est_forest WHERE is_seen) s ON s.message_number = f.target_number
WHERE t.kind IN ('post', 'reshare', 'quote') AND t.person_number <> f.person_number
GROUP BY t.person_number, f.person_number, f.target_number
