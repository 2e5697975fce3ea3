-- What else was found while reading, by source.
-- grain: source, measure
SELECT
  f.source,
  m.measure,
  CAST(sum(m.value) AS BIGINT) AS value
FROM stg_findings m
JOIN stg_files f ON f.file_sha256 = m.file_sha256
GROUP BY f.source, m.measure
UNION ALL
SELECT
  source,
  'several_parents' AS measure,
  CAST(messages AS BIGINT) AS value
FROM int_several_parents
