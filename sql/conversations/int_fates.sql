-- Where each row that was read has ended.
-- grain: source, file, line, item
SELECT
  source,
  query,
  file,
  line,
  item,
  date_trunc('hour', created_at) AS hour,
  unmapped_fields,
  is_included,
  CASE
    WHEN is_included AND (place > 1 OR is_deleted) THEN 'unused'
    WHEN is_included THEN 'included'
    WHEN place > 1 THEN 'duplicate'
    WHEN is_deleted THEN 'deleted'
    ELSE 'staged'
  END AS fate
FROM int_ranked
UNION ALL
SELECT
  f.source,
  f.query,
  f.file,
  r.line,
  r.item,
  date_trunc('hour', r.created_at) AS hour,
  CAST(0 AS INTEGER) AS unmapped_fields,
  r.is_included,
  CASE WHEN r.is_included THEN 'unused' ELSE 'quarantined' END AS fate
FROM stg_refusals r
JOIN stg_files f ON f.file_sha256 = r.file_sha256
