-- What the reader of a file found odd without refusing a row for it.
-- grain: file_sha256, measure
-- check: value >= 0
SELECT
  params.file_sha256,
  f.measure,
  CAST(sum(f.value) AS BIGINT) AS value
FROM raw_findings f
CROSS JOIN params
GROUP BY params.file_sha256, f.measure
