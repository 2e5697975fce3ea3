-- How many messages of each person could be passed on: posts, reshares and quotes in the window, all accounts together.
-- grain: person_number
SELECT
  p.person_number,
  CAST(count(*) AS BIGINT) AS messages
FROM stg_messages m
JOIN stg_persons p ON p.author_number = m.author_number
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
  AND m.kind IN ('post', 'reshare', 'quote')
GROUP BY p.person_number
