-- The books of reading: every row that was read ends in one place.
-- grain: source, query, hour
-- check: rows_read = staged + duplicates + quarantined + deleted
SELECT
  source,
  query,
  hour,
  CAST(count(*) FILTER (WHERE NOT is_included) AS BIGINT) AS rows_read,
  CAST(count(*) FILTER (WHERE fate = 'staged') AS BIGINT) AS staged,
  CAST(count(*) FILTER (WHERE fate = 'duplicate') AS BIGINT) AS duplicates,
  CAST(count(*) FILTER (WHERE fate = 'quarantined') AS BIGINT) AS quarantined,
  CAST(count(*) FILTER (WHERE fate IN ('deleted', 'gone', 'hidden')) AS BIGINT) AS deleted,
  CAST(count(*) FILTER (WHERE fate = 'gone') AS BIGINT) AS gone,
  CAST(count(*) FILTER (WHERE fate = 'hidden') AS BIGINT) AS hidden,
  CAST(count(*) FILTER (WHERE fate = 'included') AS BIGINT) AS included,
  CAST(count(*) FILTER (WHERE unmapped_fields > 0 AND NOT is_included) AS BIGINT) AS unmapped
FROM int_fates
GROUP BY source, query, hour
