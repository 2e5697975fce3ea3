-- How much each message says of each topic, in millionths; seed messages of another sense say nothing of it.
-- grain: message_number, topic_number
SELECT
  m.message_number,
  m.topic_number,
  m.mass_micros,
  s.message_number IS NOT NULL AS has_seed
FROM (
  SELECT
    message_number,
    topic_number,
    CAST(sum(mass_micros) AS BIGINT) AS mass_micros,
    max(context_micros) AS context_micros,
    max(other_micros) AS other_micros
  FROM (
    SELECT message_number, topic_number, mass_micros, context_micros, other_micros FROM int_evidence
    UNION ALL
    SELECT message_number, topic_number, added_micros AS mass_micros, 0 AS context_micros, 0 AS other_micros FROM int_phrases
  )
  GROUP BY message_number, topic_number
) m
LEFT JOIN int_seed_messages s ON s.message_number = m.message_number AND s.topic_number = m.topic_number
WHERE m.mass_micros > 0
  AND (
    s.message_number IS NULL
    -- Each further seed is a witness as good as a word of weight 1.
    OR (s.is_excluded = 0 AND m.other_micros <= m.context_micros + (s.seeds - 1) * 1000000)
  )
