-- What is left of pages that the rule of retention removed: how many rows were read for each question and hour, and where they ended.
-- grain: file_sha256, line, item
-- check: rows_read = staged + duplicates + quarantined + deleted
SELECT
  params.file_sha256,
  line,
  item,
  query,
  date_trunc('hour', timestamp_of(hour)) AS hour,
  CAST(rows_read AS BIGINT) AS rows_read,
  CAST(staged AS BIGINT) AS staged,
  CAST(duplicates AS BIGINT) AS duplicates,
  CAST(quarantined AS BIGINT) AS quarantined,
  CAST(deleted AS BIGINT) AS deleted,
  CAST(gone AS BIGINT) AS gone,
  CAST(hidden AS BIGINT) AS hidden,
  CAST(included AS BIGINT) AS included,
  CAST(unmapped AS BIGINT) AS unmapped,
  CAST(questions_limited AS BIGINT) AS questions_limited,
  CAST(questions_failed AS BIGINT) AS questions_failed
FROM raw_summaries
CROSS JOIN params
