-- The messages that teach and hold a seed.
-- grain: topic_number, message_number
SELECT
  s.topic_number,
  s.message_number,
  l.person_number,
  l.language_number,
  s.is_excluded
FROM int_seed_messages s
JOIN int_lesson l ON l.message_number = s.message_number
