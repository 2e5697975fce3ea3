-- Replies, comments and quotes without a sentiment that hold a hostile word of their language.
-- grain: message_number
SELECT DISTINCT m.message_number
FROM (
  SELECT message_number, language, text
  FROM stg_messages
  WHERE sentiment IS NULL AND text IS NOT NULL AND kind IN ('reply', 'comment', 'quote')
    AND EXISTS (SELECT 1 FROM stg_hostile_words w WHERE w.language = stg_messages.language)
) m, LATERAL toks(m.text) AS u
JOIN stg_hostile_words w ON w.word = u.tok AND w.language = m.language
