-- How did the counts of each message grow?
-- grain: message_id, captured_at
-- check: age_seconds IS NOT NULL
-- check: coalesce(likes, views, reshares, quotes, replies) IS NOT NULL
-- column: campaign – the campaign
-- column: message_id – platform and native id, or its pseudonym
-- column: captured_at – when the network told it, UTC
-- column: age_seconds – whole seconds since the message was written
-- column: likes – likes as the network counts them; NULL where it was not told, as all below
-- column: views – how often it was shown
-- column: reshares – how often it was passed on
-- column: quotes – how often it was quoted
-- column: replies – how many answers it has
SELECT
  params.campaign,
  m.message_id,
  c.captured_at,
  CAST(floor(seconds_between(m.created_at, c.captured_at)) AS BIGINT) AS age_seconds,
  c.likes,
  c.views,
  c.reshares,
  c.quotes,
  c.replies
FROM (
  -- A page may hold a message twice.
  SELECT
    message_id,
    captured_at,
    max(likes) AS likes,
    max(views) AS views,
    max(reshares) AS reshares,
    max(quotes) AS quotes,
    max(replies) AS replies
  FROM int_rows
  WHERE captured_at IS NOT NULL AND NOT is_deleted AND coalesce(likes, views, reshares, quotes, replies) IS NOT NULL
  GROUP BY message_id, captured_at
) c
LEFT JOIN est_pseudonyms p ON p.id = c.message_id
JOIN stg_messages m ON m.message_id = coalesce(p.pseudonym, c.message_id)
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
