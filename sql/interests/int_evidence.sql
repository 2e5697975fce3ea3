-- What the words of a message say together of a topic, in millionths: its mass, the part that is no seed, and of another meaning.
-- grain: message_number, topic_number
SELECT
  w.message_number,
  l.topic_number,
  CAST(sum(l.weight_micros) AS BIGINT) AS mass_micros,
  CAST(sum(CASE WHEN l.is_seed THEN 0 ELSE l.weight_micros END) AS BIGINT) AS context_micros,
  CAST(sum(CASE WHEN l.is_seed THEN 0 ELSE l.other_micros END) AS BIGINT) AS other_micros
FROM stg_words w
JOIN int_weights l ON l.term_number = w.term_number
GROUP BY w.message_number, l.topic_number
