-- Every chunk of the texts once a language, numbered from 0 in the order of languages and chunks: what stands between spaces and line breaks, at most 10,000 characters, punctuation, links and handles still on it.
-- grain: chunk_number
SELECT
  CAST(row_number() OVER (ORDER BY language ASC NULLS LAST, chunk ASC NULLS LAST) - 1 AS INTEGER) AS chunk_number,
  language,
  chunk,
  CAST(least(occurrences, 2147483647) AS INTEGER) AS occurrences
FROM (
  SELECT language, substr(piece, 1, 10000) AS chunk, count(*) AS occurrences
  FROM (SELECT language, explode(cut_at_spaces(text)) AS piece FROM int_own_texts)
  WHERE piece <> ''
  GROUP BY language, substr(piece, 1, 10000)
)
