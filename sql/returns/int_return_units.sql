-- The units of the panel that stand in the flight or in the quiet days before it, and on how many of these days in which group.
-- grain: unit
-- check: treated_days + control_days > 0
SELECT
  p.unit,
  CAST(row_number() OVER (ORDER BY p.unit ASC NULLS LAST) - 1 AS INTEGER) AS unit_number,
  CAST(count(*) FILTER (WHERE p.unit_group = 'treated') AS INTEGER) AS treated_days,
  CAST(count(*) FILTER (WHERE p.unit_group = 'control') AS INTEGER) AS control_days
FROM stg_panel p
CROSS JOIN params
WHERE CAST(p.day AS TIMESTAMP) < params.interval_to
  AND (p.day BETWEEN params.pre_from AND params.pre_to OR p.day BETWEEN params.flight_from AND params.flight_to)
GROUP BY p.unit
