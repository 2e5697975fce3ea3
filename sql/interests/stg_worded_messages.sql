-- The messages that have words of their own, with how many, and who spoke.
-- grain: message_number
-- check: words >= 1
SELECT
  t.message_number,
  t.author_number,
  t.language,
  w.words
FROM (
  SELECT message_number, CAST(count(*) AS INTEGER) AS words
  FROM stg_words
  GROUP BY message_number
) w
JOIN int_own_texts t ON t.message_number = w.message_number
