-- Where each row that was read has ended.
-- grain: source, file, line, item
SELECT
  source,
  query,
  message_id,
  date_trunc('hour', created_at) AS hour,
  created_at,
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
  CAST(NULL AS STRING) AS message_id,
  date_trunc('hour', r.created_at) AS hour,
  r.created_at,
  CAST(0 AS INTEGER) AS unmapped_fields,
  false AS is_included,
  'quarantined' AS fate
FROM stg_refusals r
JOIN stg_files f ON f.file_sha256 = r.file_sha256
