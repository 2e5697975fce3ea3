-- Every accepted row beside the source and query it was read for.
-- grain: source, file, line, item
SELECT
  f.source,
  f.query,
  f.file,
  r.*
FROM stg_rows r
JOIN stg_files f ON f.file_sha256 = r.file_sha256
