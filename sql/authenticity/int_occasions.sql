-- On how many occasions two who coincide at least twice did so, by kind: objects on a day, so that a burst of one object counts once.
-- grain: author_a, author_b, kind_number
SELECT
  author_a,
  author_b,
  kind_number,
  CAST(count(*) AS INTEGER) AS occasions
FROM (
  SELECT DISTINCT author_a, author_b, kind_number, object, day_number
  FROM int_recurrences
  WHERE day_number IS NOT NULL
)
GROUP BY author_a, author_b, kind_number
