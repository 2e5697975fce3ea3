-- Rows of the panel that were refused, of days of the flight or of the quiet days before it, or of a day that cannot be read.
-- grain: –
-- check: refused >= 0
SELECT
  count(*) AS refused,
  min_by(r.file || ':' || CAST(r.line AS STRING) || ': ' || r.reason, (r.file, r.line)) FILTER (WHERE r.line IS NOT NULL) AS first_reason
FROM stg_refused_days r
CROSS JOIN params
WHERE r.sheet = 'panel'
  AND (
    r.day IS NULL
    OR CAST(r.day AS TIMESTAMP) < params.interval_to
      AND (r.day BETWEEN params.pre_from AND params.pre_to OR r.day BETWEEN params.flight_from AND params.flight_to)
  )
