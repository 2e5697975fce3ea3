-- Every file of every source, and every bundle of what was collected, as this night found it.
-- grain: source, file
-- check: file_sha256 is not null
SELECT
  source,
  -- What was collected names its query row by row.
  coalesce(nullif(query, ''), source) AS query,
  file,
  file_sha256,
  CASE format WHEN 'captures-bluesky' THEN 'bluesky' WHEN 'captures-mastodon' THEN 'mastodon' WHEN 'captures-x' THEN 'x' END AS live_platform
FROM raw_files
