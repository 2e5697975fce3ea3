-- The authors with a message in the window: the nodes of the network.
-- grain: author_number
SELECT DISTINCT
  m.author_number,
  m.author_id
FROM stg_messages m
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
