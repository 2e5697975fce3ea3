-- Messages of each author in the window: what their audience could see.
-- grain: author_number
SELECT
  m.author_number,
  CAST(count(*) AS BIGINT) AS messages
FROM stg_messages m
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
GROUP BY m.author_number
