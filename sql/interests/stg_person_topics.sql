-- How much of each topic each person said, and in how many messages about it.
-- grain: topic_number, person_number
-- check: mass > 0
SELECT
  m.topic_number,
  p.person_number,
  CAST(sum(m.mass_micros) AS DOUBLE) / 1000000 AS mass,
  CAST(count(*) FILTER (WHERE m.has_seed OR m.mass_micros >= 1000000) AS BIGINT) AS messages
FROM int_topic_mass m
JOIN stg_worded_messages w ON w.message_number = m.message_number
JOIN stg_persons p ON p.author_number = w.author_number
WHERE NOT p.is_brand
GROUP BY m.topic_number, p.person_number
