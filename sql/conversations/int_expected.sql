-- How many messages a network said there are, by question and hour: what it said last.
-- grain: source, query, hour
-- check: expected >= 0
SELECT
  f.source,
  c.query,
  c.hour,
  max_by(c.expected, (c.captured_at, c.expected)) FILTER (WHERE c.expected IS NOT NULL) AS expected
FROM stg_counts c
JOIN stg_files f ON f.file_sha256 = c.file_sha256
WHERE c.query IS NOT NULL
GROUP BY f.source, c.query, c.hour
