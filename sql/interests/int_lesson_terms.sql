-- In how many of the messages that teach each word of a seed message stands.
-- grain: term_number
SELECT
  w.term_number,
  CAST(count(*) AS INTEGER) AS messages
FROM stg_words w
SEMI JOIN int_lesson l ON l.message_number = w.message_number
SEMI JOIN (SELECT DISTINCT term_number FROM int_lesson_words) t ON t.term_number = w.term_number
GROUP BY w.term_number
