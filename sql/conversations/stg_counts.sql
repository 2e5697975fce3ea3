-- How many messages a network says there are for a question, by hour of created_at.
-- grain: file_sha256, line, item
-- check: expected >= 0
SELECT
  params.file_sha256,
  line,
  item,
  query,
  date_trunc('hour', timestamp_of(hour)) AS hour,
  CAST(expected AS BIGINT) AS expected,
  timestamp_of(captured_at) AS captured_at
FROM raw_counts
CROSS JOIN params
WHERE timestamp_of(hour) IS NOT NULL AND TRY_CAST(expected AS BIGINT) >= 0
