-- Who coincides with whom, weighted by pairs of messages, however many objects these share.
-- grain: author_a, author_b
-- check: author_a < author_b
SELECT
  author_a,
  author_b,
  CAST(count(*) AS INTEGER) AS pairs
FROM (SELECT DISTINCT author_a, author_b, message_a, message_b FROM int_coincidences)
GROUP BY author_a, author_b
