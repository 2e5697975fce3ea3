-- The words of each message, each once however often it is repeated there, by the number of their term.
-- grain: message_number, term_number
SELECT DISTINCT
  p.message_number,
  t.term_number
FROM (SELECT message_number, language, explode(cut_at_spaces(text)) AS piece FROM int_own_texts) p
JOIN int_chunk_terms t ON t.language = p.language AND t.chunk = substr(p.piece, 1, 10000)
