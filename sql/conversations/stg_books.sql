-- The books of reading: every row that was read ends in one place. What retention removed is in them as it ended then.
-- grain: source, query, hour
-- check: rows_read = staged + duplicates + quarantined + deleted
WITH counted AS (
  SELECT
    source,
    query,
    hour,
    count(*) FILTER (WHERE NOT is_included) AS rows_read,
    count(*) FILTER (WHERE fate = 'staged') AS staged,
    count(*) FILTER (WHERE fate = 'duplicate') AS duplicates,
    count(*) FILTER (WHERE fate = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE fate IN ('deleted', 'gone', 'hidden')) AS deleted,
    count(*) FILTER (WHERE fate = 'gone') AS gone,
    count(*) FILTER (WHERE fate = 'hidden') AS hidden,
    count(*) FILTER (WHERE fate = 'included') AS included,
    count(*) FILTER (WHERE unmapped_fields > 0 AND NOT is_included) AS unmapped
  FROM int_fates
  GROUP BY source, query, hour
  UNION ALL
  SELECT
    f.source,
    s.query,
    s.hour,
    s.rows_read,
    s.staged,
    s.duplicates,
    s.quarantined,
    s.deleted,
    s.gone,
    s.hidden,
    s.included,
    s.unmapped
  FROM stg_summaries s
  JOIN stg_files f ON f.file_sha256 = s.file_sha256
)
SELECT
  source,
  query,
  hour,
  CAST(sum(rows_read) AS BIGINT) AS rows_read,
  CAST(sum(staged) AS BIGINT) AS staged,
  CAST(sum(duplicates) AS BIGINT) AS duplicates,
  CAST(sum(quarantined) AS BIGINT) AS quarantined,
  CAST(sum(deleted) AS BIGINT) AS deleted,
  CAST(sum(gone) AS BIGINT) AS gone,
  CAST(sum(hidden) AS BIGINT) AS hidden,
  CAST(sum(included) AS BIGINT) AS included,
  CAST(sum(unmapped) AS BIGINT) AS unmapped
FROM counted
GROUP BY source, query, hour
