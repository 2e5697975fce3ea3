-- The days that the panel tells of, before the end of the interval.
-- grain: –
-- check: unit_days >= 0
SELECT
  count(*) AS unit_days,
  min(p.day) AS first_day,
  max(p.day) AS last_day
FROM stg_panel p
CROSS JOIN params
WHERE CAST(p.day AS TIMESTAMP) < params.interval_to
