-- Each response: who answered or forwarded whose message, with its weight in millionths; an inferred forward counts by its probability.
-- grain: responder_message, target_message
-- check: responder_number <> influencer_number
SELECT
  r.message_number AS responder_message,
  r.target_number AS target_message,
  m.author_number AS responder_number,
  t.author_number AS influencer_number,
  r.probability,
  CAST(floor(r.probability * CASE m.kind
    WHEN 'reshare' THEN params.weight_reshare
    WHEN 'quote' THEN params.weight_quote
    WHEN 'reply' THEN params.weight_reply
    ELSE params.weight_comment
  END * 1000000 + 0.5) AS BIGINT) * CASE
    WHEN m.kind = 'reshare' THEN 1
    WHEN m.sentiment < 0 THEN -1
    WHEN h.message_number IS NOT NULL THEN -1
    ELSE 1
  END AS response_micros,
  CASE
    WHEN m.kind = 'reshare' THEN 'forward'
    WHEN m.sentiment IS NOT NULL THEN 'sentiment'
    WHEN w.language IS NOT NULL AND m.text IS NOT NULL THEN 'words'
    ELSE 'assumed'
  END AS sign_rule,
  c.message_number IS NOT NULL AS is_coordinated
FROM (
  SELECT message_number, target_number, max(probability) AS probability
  FROM (
    SELECT message_number, parent_number AS target_number, CAST(1 AS DOUBLE) AS probability
    FROM est_forest
    WHERE is_seen AND parent_number IS NOT NULL AND own_rule < 2
    UNION ALL
    SELECT message_number, parent_number AS target_number, CAST(1 AS DOUBLE) AS probability
    FROM est_conversation
    WHERE is_seen AND parent_number IS NOT NULL
    UNION ALL
    SELECT responder_number AS message_number, target_number, probability
    FROM est_inferred_forwards
    -- what rounds to no millionth is no response
    WHERE probability >= 5e-7
  )
  GROUP BY message_number, target_number
) r
JOIN stg_messages m ON m.message_number = r.message_number
JOIN stg_messages t ON t.message_number = r.target_number
JOIN est_forest s ON s.message_number = r.target_number AND s.is_seen
LEFT JOIN est_coordinated_messages c ON c.message_number = r.message_number
LEFT JOIN stg_hostile_messages h ON h.message_number = r.message_number
LEFT JOIN (SELECT DISTINCT language FROM stg_hostile_words) w ON w.language = m.language
CROSS JOIN params
WHERE m.author_number <> t.author_number
