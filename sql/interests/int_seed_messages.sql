-- The messages that hold a seed of a topic: how many different seeds (those of the same terms, like singular and plural, are one), and whether an excluded word with them.
-- grain: topic_number, message_number
SELECT
  topic_number,
  message_number,
  CAST(count(DISTINCT witness_number) FILTER (WHERE NOT is_excluded) AS INTEGER) AS seeds,
  max(CASE WHEN is_excluded THEN 1 ELSE 0 END) AS is_excluded
FROM int_seed_hits
GROUP BY topic_number, message_number
HAVING count(*) FILTER (WHERE NOT is_excluded) > 0
