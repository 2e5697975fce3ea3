-- The messages of the window as numbers: what the forest is grown from. -1 stands for none.
-- grain: message_number
SELECT
  m.message_number,
  m.author_number,
  CAST(micros(m.created_at) AS DOUBLE) AS created_micros,
  CAST(CASE WHEN m.kind IN ('reshare', 'quote') THEN 1 ELSE 0 END AS INTEGER) AS is_forward,
  coalesce(m.via_number, -1) AS via_number,
  coalesce(m.parent_number, -1) AS parent_number,
  coalesce(m.root_number, -1) AS root_number,
  CASE
    WHEN m.kind IN ('reply', 'comment') THEN coalesce(m.parent_number, m.reply_number, m.root_number, -1)
    ELSE coalesce(m.reply_number, -1)
  END AS conversation_number,
  CAST(m.followers AS DOUBLE) AS followers
FROM stg_messages m
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
