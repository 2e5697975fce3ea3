-- The texts cut at spaces and line breaks, at most 10,000 characters a chunk: punctuation, links and handles still on them.
-- grain: message_number, place
SELECT
  t.message_number,
  CAST(u.place AS INTEGER) AS place,
  t.language,
  substr(u.item, 1, 10000) AS chunk
FROM (SELECT message_number, language, cut_at_spaces(text) AS chunks FROM int_own_texts) t, LATERAL each(t.chunks) AS u
WHERE u.item <> ''
