-- How every question to a network ended: asked to its end, withheld, or about something that is gone.
-- grain: file_sha256, line, item
-- check: outcome IN ('covered', 'limited', 'failed', 'gone')
-- check: span_from <= span_to
SELECT
  params.file_sha256,
  line,
  item,
  query,
  platform,
  kind,
  under_platform(platform, subject) AS subject,
  under_platform(platform, account) AS account_id,
  CAST(known AS BIGINT) AS known,
  timestamp_of(span_from) AS span_from,
  greatest(timestamp_of(span_from), timestamp_of(span_to)) AS span_to,
  outcome,
  reason,
  timestamp_of(captured_at) AS captured_at
FROM raw_outcomes
CROSS JOIN params
WHERE timestamp_of(span_from) IS NOT NULL AND timestamp_of(span_to) IS NOT NULL
