-- What seeds of several words add to the mass of a message that holds all of them: each word then weighs as much as a seed of one.
-- grain: message_number, topic_number
SELECT
  h.message_number,
  h.topic_number,
  CAST(sum(1000000 - coalesce(l.weight_micros, 0)) AS BIGINT) AS added_micros
FROM (
  SELECT DISTINCT h.message_number, h.topic_number, s.term_number
  FROM int_seed_hits h
  JOIN est_seeds s ON s.seed_number = h.seed_number AND s.language = h.language
  WHERE h.terms > 1 AND NOT h.is_excluded
) h
LEFT JOIN int_weights l ON l.topic_number = h.topic_number AND l.term_number = h.term_number
GROUP BY h.message_number, h.topic_number
