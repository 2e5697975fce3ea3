-- The books of the campaign's own files: every row that was read ends in one place.
-- grain: sheet, file
-- check: rows_read = staged + duplicates + quarantined
SELECT
  s.sheet,
  s.file,
  CAST(count(f.line) AS BIGINT) AS rows_read,
  CAST(count(*) FILTER (WHERE f.fate = 'staged') AS BIGINT) AS staged,
  CAST(count(*) FILTER (WHERE f.fate = 'duplicate') AS BIGINT) AS duplicates,
  CAST(count(*) FILTER (WHERE f.fate = 'quarantined') AS BIGINT) AS quarantined
FROM raw_sheet_files s
LEFT JOIN int_sheet_fates f ON f.sheet = s.sheet AND f.file = s.file
GROUP BY s.sheet, s.file
