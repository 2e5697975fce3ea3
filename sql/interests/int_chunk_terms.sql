-- The terms of each chunk that has any.
-- grain: language, chunk, term_number
SELECT DISTINCT
  v.language,
  v.chunk,
  t.term_number
FROM est_chunk_terms t
JOIN int_vocabulary v ON v.chunk_number = t.chunk_number
