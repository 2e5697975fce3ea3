-- Every accepted row beside the source and query it was read for: what was collected names its own query.
-- An answered message that a server names by an id of its own is named as all do, whichever server told its name; else by the server's name and that id.
-- grain: source, file, line, item
WITH answered AS (
  SELECT
    r.platform,
    r.message_id,
    min(l.message_id) AS answered_id
  FROM stg_rows r
  JOIN int_local_ids l ON l.local_id = r.local_parent AND l.local_host = r.local_host AND l.platform = r.platform
  GROUP BY r.platform, r.message_id
)
SELECT
  f.source,
  coalesce(r.query, f.query) AS query,
  f.file,
  r.file_sha256,
  r.line,
  r.item,
  r.is_included,
  r.unmapped_fields,
  r.platform,
  r.message_id,
  r.author_id,
  r.created_at,
  r.kind,
  CASE WHEN r.kind = 'reply' THEN coalesce(r.parent_id, a.answered_id, r.platform || ':' || r.local_host || '/' || r.local_parent) ELSE r.parent_id END AS parent_id,
  r.root_id,
  CASE WHEN r.kind = 'quote' THEN coalesce(r.reply_to_id, a.answered_id, r.platform || ':' || r.local_host || '/' || r.local_parent) ELSE r.reply_to_id END AS reply_to_id,
  r.via_id,
  r.text,
  r.language,
  r.sentiment,
  r.followers,
  r.captured_at,
  r.likes,
  r.views,
  r.reshares,
  r.quotes,
  r.replies,
  r.is_deleted,
  f.live_platform IS NOT NULL AS is_live,
  coalesce(s.is_hidden, false) AS is_hidden
FROM stg_rows r
JOIN stg_files f ON f.file_sha256 = r.file_sha256
LEFT JOIN answered a ON a.message_id = r.message_id AND a.platform = r.platform
LEFT JOIN int_account_states s ON s.account_id = r.author_id
