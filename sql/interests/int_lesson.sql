-- The messages that teach the words of the topics: those with words, neither the brand's nor said in concert, which could make any slogan a word of the topic; every so-manieth of them where more than two million hold a seed.
-- grain: message_number
WITH pace AS (
  SELECT idiv(count(*) + 1999999, 2000000) AS every
  FROM int_seed_messages
)
SELECT
  m.message_number,
  p.person_number,
  l.language_number
FROM stg_worded_messages m
JOIN stg_persons p ON p.author_number = m.author_number
JOIN int_languages l ON l.language = m.language
CROSS JOIN pace
WHERE NOT p.is_brand
  AND NOT EXISTS (SELECT 1 FROM est_coordinated_messages c WHERE c.message_number = m.message_number)
  AND (pace.every <= 1 OR m.message_number - idiv(m.message_number, nullif(pace.every, 0)) * pace.every = 0)
