-- The words of each message, each once however often it is repeated there, by the number of their term.
-- grain: message_number, term_number
SELECT DISTINCT
  c.message_number,
  t.term_number
FROM int_chunks c
JOIN int_chunk_terms t ON t.language = c.language AND t.chunk = c.chunk
