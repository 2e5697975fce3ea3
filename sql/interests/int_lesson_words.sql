-- The words of the messages that teach and hold a seed.
-- grain: topic_number, message_number, term_number
SELECT
  s.topic_number,
  s.message_number,
  w.term_number
FROM int_lesson_seeds s
JOIN stg_words w ON w.message_number = s.message_number
