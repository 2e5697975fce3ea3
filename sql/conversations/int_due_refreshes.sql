-- Messages that have come of an age at which they are read again, and were not read since; reshares where they are messages like any other (Mastodon).
-- grain: message_id
-- What came along with others is read again where somebody passed it on who is followed, or with a search; on X every answer costs.
WITH passed AS (
  SELECT DISTINCT coalesce(root_id, parent_id) AS message_id
  FROM stg_rows
  WHERE kind = 'reshare' AND NOT is_deleted AND NOT is_included AND platform <> 'x'
),
told_rows AS (
  SELECT
    r.* EXCLUDE (is_included),
    r.is_included AND p.message_id IS NULL AS is_included
  FROM stg_rows r
  LEFT JOIN passed p ON p.message_id = r.message_id
),
-- Of servers that know a message by ids of their own its home is asked, else the last by name.
seen AS (
  SELECT
    message_id,
    min(platform) AS platform,
    min(created_at) AS created_at,
    max(captured_at) AS captured_at,
    max_by(local_id, (CASE WHEN contains(message_id, '://' || local_host || '/') THEN 1 ELSE 0 END, local_host, local_id)) FILTER (WHERE local_id IS NOT NULL) AS local_id,
    max_by(local_host, (CASE WHEN contains(message_id, '://' || local_host || '/') THEN 1 ELSE 0 END, local_host, local_id)) FILTER (WHERE local_id IS NOT NULL) AS local_host
  FROM told_rows
  WHERE kind <> 'reshare' OR platform = 'mastodon' OR is_deleted
  GROUP BY message_id
  HAVING NOT bool_or(is_deleted) AND NOT bool_and(is_included)
),
-- One that did not come is not asked for at the same age again; what could not be asked rests for a minute, after three times for a day.
asked AS (
  SELECT
    subject AS message_id,
    max(captured_at) FILTER (WHERE outcome IN ('covered', 'gone')) AS captured_at,
    count(*) FILTER (WHERE outcome IN ('limited', 'failed')) AS failures,
    max(captured_at) FILTER (WHERE outcome IN ('limited', 'failed')) AS failed_at
  FROM stg_outcomes
  WHERE kind = 'refresh'
  GROUP BY subject
),
aged AS (
  SELECT
    s.message_id,
    max(g.seconds) AS age_seconds
  FROM seen s
  CROSS JOIN params
  JOIN stg_refresh_ages g ON g.seconds <= seconds_between(s.created_at, params.asked_at)
  GROUP BY s.message_id
)
SELECT
  s.message_id,
  s.platform,
  s.created_at,
  s.local_id,
  s.local_host,
  coalesce(a.failures, 0) AS failures
FROM seen s
JOIN aged g ON g.message_id = s.message_id
LEFT JOIN asked a ON a.message_id = s.message_id
CROSS JOIN params
WHERE seconds_between(s.created_at, greatest(s.captured_at, coalesce(a.captured_at, s.captured_at))) < g.age_seconds
  AND (a.failed_at IS NULL OR seconds_between(a.failed_at, params.asked_at) >= CASE WHEN a.failures < 3 THEN 60 ELSE 86400 END)
