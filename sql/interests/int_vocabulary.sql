-- Every chunk once a language, numbered from 0 in the order of languages and chunks.
-- grain: chunk_number
SELECT
  CAST(row_number() OVER (ORDER BY language ASC NULLS LAST, chunk ASC NULLS LAST) - 1 AS INTEGER) AS chunk_number,
  language,
  chunk,
  CAST(least(occurrences, 2147483647) AS INTEGER) AS occurrences
FROM (
  SELECT language, chunk, count(*) AS occurrences
  FROM int_chunks
  GROUP BY language, chunk
)
