-- Every file of every source, as this night found it.
-- grain: source, file
-- check: file_sha256 is not null
SELECT
  source,
  query,
  file,
  file_sha256
FROM raw_files
