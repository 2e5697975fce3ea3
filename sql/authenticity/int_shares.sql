-- The acts of those who shared at least twice.
-- grain: message_number, kind_number, object
SELECT
  a.message_number,
  a.author_number,
  s.actor_number,
  a.kind_number,
  a.object,
  a.created_micros
FROM int_acts a
JOIN int_sharers s ON s.author_number = a.author_number
