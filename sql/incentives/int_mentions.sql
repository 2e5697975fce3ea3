-- Messages about the category by people with a code of this campaign, their own words and neither deleted nor hostile.
-- grain: message_id
WITH told AS (
  SELECT m.message_number, m.message_id, h.author_id, h.person_key, m.created_at, m.language, m.text, m.sentiment
  FROM stg_topic_messages t
  JOIN stg_messages m ON m.message_number = t.message_number
  JOIN int_holder_accounts h ON h.author_number = m.author_number
  CROSS JOIN params
  WHERE t.topic = params.topic AND m.kind <> 'reshare' AND m.created_at < params.interval_to
    AND coalesce(m.sentiment >= 0, TRUE)
),
hostile AS (
  SELECT DISTINCT m.message_number
  FROM (SELECT message_number, language, text FROM told WHERE sentiment IS NULL AND text IS NOT NULL) m, LATERAL toks(m.text) AS u
  JOIN stg_hostile_words w ON w.word = u.tok AND w.language = m.language
)
SELECT t.message_id, t.author_id, t.person_key, t.created_at
FROM told t
ANTI JOIN hostile h ON h.message_number = t.message_number
