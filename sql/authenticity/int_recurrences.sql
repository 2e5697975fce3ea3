-- The coincidences of those who coincide at least twice: once is nothing to judge, and most meet only once.
-- grain: kind_number, object, message_a, message_b
SELECT
  c.kind_number,
  c.object,
  c.author_a,
  c.author_b,
  c.message_a,
  c.message_b,
  c.day_number
FROM int_coincidences c
SEMI JOIN (SELECT author_a, author_b FROM int_edges WHERE pairs >= 2) e
  ON e.author_a = c.author_a AND e.author_b = c.author_b
