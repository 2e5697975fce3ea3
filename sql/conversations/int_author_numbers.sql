-- Dense numbers for the authors, in the order of their ids.
-- grain: author_number
SELECT
  author_id,
  CAST(row_number() OVER (ORDER BY author_id ASC NULLS FIRST) - 1 AS INTEGER) AS author_number
FROM (SELECT DISTINCT author_id FROM int_kept)
