-- Accounts that passed a message on, without when and by which message being known: their own records tell.
-- grain: account_id, message_id
-- Of servers that know a message by ids of their own its home is asked, else the last by name.
WITH seen AS (
  SELECT
    message_id,
    min(created_at) AS created_at,
    max_by(local_host, (CASE WHEN contains(message_id, '://' || local_host || '/') THEN 1 ELSE 0 END, local_host, local_id)) FILTER (WHERE local_id IS NOT NULL) AS local_host
  FROM stg_rows
  GROUP BY message_id
  HAVING NOT bool_or(is_deleted)
),
passed AS (
  SELECT DISTINCT
    author_id,
    coalesce(root_id, parent_id) AS message_id
  FROM stg_rows
  WHERE kind = 'reshare'
),
-- Some networks are asked by account, others by message alone.
asked AS (
  SELECT
    subject AS message_id,
    account_id,
    max(captured_at) FILTER (WHERE outcome IN ('covered', 'gone')) AS captured_at,
    count(*) FILTER (WHERE outcome IN ('limited', 'failed') AND (params.tries_from IS NULL OR captured_at >= params.tries_from)) AS failures,
    max(captured_at) FILTER (WHERE outcome IN ('limited', 'failed') AND (params.tries_from IS NULL OR captured_at >= params.tries_from)) AS failed_at
  FROM stg_outcomes
  CROSS JOIN params
  WHERE kind = 'records'
  GROUP BY subject, account_id
)
SELECT
  r.account_id,
  r.message_id,
  min(r.platform) AS platform,
  min(s.local_host) AS local_host,
  min(s.created_at) AS created_at
FROM stg_reposters r
JOIN seen s ON s.message_id = r.message_id
ANTI JOIN passed p ON p.author_id = r.account_id AND p.message_id = r.message_id
LEFT JOIN asked a ON a.message_id = r.message_id AND a.account_id = r.account_id
LEFT JOIN asked m ON m.message_id = r.message_id AND m.account_id IS NULL
CROSS JOIN params
WHERE s.created_at >= params.window_from
  AND (a.captured_at IS NULL OR a.captured_at < r.captured_at)
  AND (m.captured_at IS NULL OR m.captured_at < r.captured_at)
  AND (a.failed_at IS NULL OR seconds_between(a.failed_at, params.asked_at) >= CASE WHEN a.failures < 3 THEN 60 ELSE 86400 END)
  AND (m.failed_at IS NULL OR seconds_between(m.failed_at, params.asked_at) >= CASE WHEN m.failures < 3 THEN 60 ELSE 86400 END)
GROUP BY r.account_id, r.message_id
