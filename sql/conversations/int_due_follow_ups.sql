-- What should be asked about messages that were seen: the network tells of more answers, quotes or reshares than are staged, and more than when it was last asked.
-- grain: kind, message_id
-- check: kind IN ('thread', 'quotes', 'reposts')
WITH local_ids AS (
  SELECT platform, local_host, local_id, min(message_id) AS message_id
  FROM stg_rows
  WHERE local_id IS NOT NULL AND local_host IS NOT NULL
  GROUP BY platform, local_host, local_id
),
-- What came along with others counts as seen where somebody passed it on who is followed, or with a search; on X every answer costs.
passed AS (
  SELECT DISTINCT coalesce(root_id, parent_id) AS message_id
  FROM stg_rows
  WHERE kind = 'reshare' AND NOT is_deleted AND NOT is_included AND platform <> 'x'
),
told_rows AS (
  SELECT
    r.* EXCLUDE (parent_id, is_included),
    r.is_included AND p.message_id IS NULL AS is_included,
    coalesce(r.parent_id, CASE WHEN r.kind = 'reply' THEN coalesce(l.message_id, r.platform || ':' || r.local_host || '/' || r.local_parent) END) AS parent_id
  FROM stg_rows r
  LEFT JOIN local_ids l ON l.local_id = r.local_parent AND l.local_host = r.local_host AND l.platform = r.platform
  LEFT JOIN passed p ON p.message_id = r.message_id
),
-- Servers that keep copies of a message count what reached them.
seen_by_host AS (
  SELECT
    message_id,
    local_host,
    min(platform) AS platform,
    min(created_at) AS created_at,
    min(kind) AS kind,
    min(parent_id) AS parent_id,
    min(local_id) AS local_id,
    bool_or(is_deleted) AS is_deleted,
    bool_and(is_included) AS is_included,
    max_by(replies, (captured_at, replies)) FILTER (WHERE replies IS NOT NULL) AS replies,
    max_by(quotes, (captured_at, quotes)) FILTER (WHERE quotes IS NOT NULL) AS quotes,
    max_by(reshares, (captured_at, reshares)) FILTER (WHERE reshares IS NOT NULL) AS reshares
  FROM told_rows
  GROUP BY message_id, local_host
),
-- Of servers that know a message by ids of their own its home is asked, else the last by name.
seen AS (
  SELECT
    message_id,
    min(platform) AS platform,
    min(created_at) AS created_at,
    min(kind) AS kind,
    min(parent_id) AS parent_id,
    max_by(local_id, (CASE WHEN contains(message_id, '://' || local_host || '/') THEN 1 ELSE 0 END, local_host)) FILTER (WHERE local_id IS NOT NULL) AS local_id,
    max_by(local_host, (CASE WHEN contains(message_id, '://' || local_host || '/') THEN 1 ELSE 0 END, local_host)) FILTER (WHERE local_id IS NOT NULL) AS local_host,
    max(replies) AS replies,
    max(quotes) AS quotes,
    max(reshares) AS reshares
  FROM seen_by_host
  GROUP BY message_id
  HAVING NOT bool_or(is_deleted) AND NOT bool_and(is_included)
),
young AS (
  SELECT s.*
  FROM seen s
  CROSS JOIN params
  WHERE s.kind <> 'reshare' AND s.created_at >= params.window_from
),
told AS (
  SELECT 'thread' AS kind, message_id, replies AS told FROM young
  UNION ALL SELECT 'quotes', message_id, quotes FROM young
  UNION ALL SELECT 'reposts', message_id, reshares FROM young
),
staged AS (
  SELECT
    CASE WHEN r.kind = 'quote' THEN 'quotes' WHEN r.kind = 'reshare' THEN 'reposts' ELSE 'thread' END AS kind,
    CASE WHEN r.kind = 'reshare' THEN coalesce(r.root_id, r.parent_id) ELSE r.parent_id END AS message_id,
    CAST(count(DISTINCT r.message_id) AS BIGINT) AS staged
  FROM told_rows r
  -- What was deleted since is no longer among those that the network counts.
  ANTI JOIN (SELECT DISTINCT message_id FROM stg_rows WHERE is_deleted) x ON x.message_id = r.message_id
  -- What only came along was not asked further: it stands for nothing.
  WHERE r.kind <> 'post' AND NOT r.is_included
  GROUP BY 1, 2
),
asked AS (
  SELECT
    kind,
    subject AS message_id,
    max(coalesce(known, 0)) FILTER (WHERE outcome IN ('covered', 'gone')) AS known,
    max(captured_at) FILTER (WHERE outcome IN ('covered', 'gone')) AS asked_at,
    count(*) FILTER (WHERE outcome IN ('limited', 'failed') AND (params.tries_from IS NULL OR captured_at >= params.tries_from)) AS failures,
    max(captured_at) FILTER (WHERE outcome IN ('limited', 'failed') AND (params.tries_from IS NULL OR captured_at >= params.tries_from)) AS failed_at
  FROM stg_outcomes
  CROSS JOIN params
  WHERE kind IN ('thread', 'quotes', 'reposts')
  GROUP BY kind, subject
),
-- Counts that were read again: where one came and one went, they are the same and mean another.
refreshed AS (
  SELECT message_id, max(captured_at) AS captured_at
  FROM stg_rows
  WHERE query = 'refresh'
  GROUP BY message_id
),
-- Of the answers to a message that nobody saw, one is asked what it answers.
unseen AS (
  SELECT
    'thread' AS kind,
    min(y.message_id) AS message_id
  FROM young y
  ANTI JOIN seen s ON s.message_id = y.parent_id
  WHERE y.kind IN ('reply', 'comment') AND y.parent_id IS NOT NULL
  GROUP BY y.parent_id
),
due AS (
  SELECT
    t.kind,
    t.message_id,
    t.told
  FROM told t
  LEFT JOIN staged g ON g.kind = t.kind AND g.message_id = t.message_id
  LEFT JOIN asked a ON a.kind = t.kind AND a.message_id = t.message_id
  LEFT JOIN refreshed f ON f.message_id = t.message_id
  CROSS JOIN params
  WHERE t.told > coalesce(g.staged, 0)
    AND (t.told > coalesce(a.known, -1) OR f.captured_at > a.asked_at)
    -- What failed rests for a minute, so that no round asks it again at once; after three times for a day.
    AND (a.failed_at IS NULL OR seconds_between(a.failed_at, params.asked_at) >= CASE WHEN a.failures < 3 THEN 60 ELSE 86400 END)
  UNION
  SELECT
    u.kind,
    u.message_id,
    coalesce(t.told, 0)
  FROM unseen u
  JOIN told t ON t.kind = u.kind AND t.message_id = u.message_id
  LEFT JOIN asked a ON a.kind = u.kind AND a.message_id = u.message_id
  CROSS JOIN params
  WHERE a.known IS NULL
    AND (a.failed_at IS NULL OR seconds_between(a.failed_at, params.asked_at) >= CASE WHEN a.failures < 3 THEN 60 ELSE 86400 END)
)
SELECT
  d.kind,
  d.message_id,
  y.platform,
  y.created_at,
  y.local_id,
  y.local_host,
  d.told AS known,
  coalesce(a.failures, 0) AS failures
FROM due d
JOIN young y ON y.message_id = d.message_id
LEFT JOIN asked a ON a.kind = d.kind AND a.message_id = d.message_id
