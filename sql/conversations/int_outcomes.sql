-- How every question of every source ended.
-- grain: source, file, line, item
-- check: is_follow IS NOT NULL
SELECT
  f.source,
  f.file,
  o.line,
  o.item,
  o.query,
  o.platform,
  o.kind,
  o.kind IN ('thread', 'quotes', 'reposts', 'records', 'refresh') AS is_follow,
  o.subject,
  o.account_id,
  o.span_from,
  o.span_to,
  o.outcome,
  o.captured_at
FROM stg_outcomes o
JOIN stg_files f ON f.file_sha256 = o.file_sha256
