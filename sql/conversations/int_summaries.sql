-- What retention keeps of each bundle of captures: where its rows ended, and its questions about messages that nobody has answered.
-- grain: source, file, query, hour
-- check: rows_read = staged + duplicates + quarantined + deleted
WITH counted AS (
  SELECT
    source,
    file,
    query,
    hour,
    CASE WHEN is_included THEN 0 ELSE 1 END AS rows_read,
    CASE WHEN fate = 'staged' THEN 1 ELSE 0 END AS staged,
    CASE WHEN fate = 'duplicate' THEN 1 ELSE 0 END AS duplicates,
    CASE WHEN fate = 'quarantined' THEN 1 ELSE 0 END AS quarantined,
    CASE WHEN fate IN ('deleted', 'gone', 'hidden') THEN 1 ELSE 0 END AS deleted,
    CASE WHEN fate = 'gone' THEN 1 ELSE 0 END AS gone,
    CASE WHEN fate = 'hidden' THEN 1 ELSE 0 END AS hidden,
    CASE WHEN fate = 'included' THEN 1 ELSE 0 END AS included,
    CASE WHEN unmapped_fields > 0 AND NOT is_included THEN 1 ELSE 0 END AS unmapped,
    0 AS questions_limited,
    0 AS questions_failed
  FROM int_fates
  UNION ALL
  SELECT
    source,
    file,
    query,
    hour,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    CASE WHEN outcome = 'limited' THEN 1 ELSE 0 END,
    CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END
  FROM int_withheld_questions
)
SELECT
  source,
  file,
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
  CAST(sum(unmapped) AS BIGINT) AS unmapped,
  CAST(sum(questions_limited) AS BIGINT) AS questions_limited,
  CAST(sum(questions_failed) AS BIGINT) AS questions_failed
FROM counted
GROUP BY source, file, query, hour
