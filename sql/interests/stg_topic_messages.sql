-- The messages that are about a topic: they hold a seed in the topic's sense, or as much of its other words as a seed weighs.
-- grain: message_number, topic_number
-- check: mass > 0
SELECT
  m.message_number,
  m.topic_number,
  t.topic,
  CAST(m.mass_micros AS DOUBLE) / 1000000 AS mass,
  m.has_seed
FROM int_topic_mass m
JOIN (SELECT DISTINCT topic_number, topic FROM stg_topic_words) t ON t.topic_number = m.topic_number
WHERE m.has_seed OR m.mass_micros >= 1000000
