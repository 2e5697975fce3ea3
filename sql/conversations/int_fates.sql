-- Where each row that was read has ended.
-- grain: source, file, line, item
SELECT
  r.source,
  r.query,
  r.file,
  r.line,
  r.item,
  -- What a network says is deleted has no time of its own: it counts in the hour of the message.
  date_trunc('hour', coalesce(r.created_at, CASE WHEN r.is_live THEN m.created_at END)) AS hour,
  r.unmapped_fields,
  r.is_included,
  CASE
    WHEN r.is_included AND (r.place > 1 OR r.is_deleted OR r.is_hidden) THEN 'unused'
    WHEN r.is_included THEN 'included'
    WHEN g.is_gone THEN 'gone'
    WHEN r.place > 1 THEN 'duplicate'
    WHEN r.is_deleted THEN 'deleted'
    WHEN r.is_hidden THEN 'hidden'
    ELSE 'staged'
  END AS fate
FROM int_ranked r
LEFT JOIN int_gone_rows g ON g.source = r.source AND g.file = r.file AND g.line = r.line AND g.item = r.item
LEFT JOIN (SELECT message_id, min(created_at) AS created_at FROM int_gone_rows GROUP BY message_id) m
  ON m.message_id = r.message_id
UNION ALL
SELECT
  f.source,
  coalesce(r.query, f.query) AS query,
  f.file,
  r.line,
  r.item,
  date_trunc('hour', r.created_at) AS hour,
  CAST(0 AS INTEGER) AS unmapped_fields,
  r.is_included,
  CASE WHEN r.is_included THEN 'unused' ELSE 'quarantined' END AS fate
FROM stg_refusals r
JOIN stg_files f ON f.file_sha256 = r.file_sha256
