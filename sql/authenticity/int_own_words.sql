-- What people wrote in the window in their own words: all but pure reshares, which repeat the words of another.
-- grain: message_number
SELECT
  m.message_number,
  m.text
FROM stg_messages m
CROSS JOIN params
WHERE m.created_at >= params.window_from
  AND m.created_at < params.interval_to
  AND m.kind <> 'reshare'
  AND m.text IS NOT NULL
