-- What people wrote themselves in the window: a reshare repeats somebody else's words and counts for nothing.
-- grain: message_number
SELECT
  m.message_number,
  m.author_number,
  -- A region or script after the code (en-US, zh_Hant) makes no other language; what is no code is none.
  coalesce(regexp_extract(lower(replace(m.language, '_', '-')), '^([a-z]{2,3})(-.*)?$', 1), '') AS language,
  m.text
FROM stg_messages m
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
  AND m.kind <> 'reshare' AND m.text IS NOT NULL
  -- Without seed words there is nothing to look for.
  AND EXISTS (SELECT 1 FROM stg_topic_words w WHERE w.topic_number >= 0)
