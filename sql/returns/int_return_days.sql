-- Sales and cost of each unit of the panel on each day of the flight and of the quiet days before it.
-- grain: unit_number, day_number
-- check: unit_number >= 0
-- check: cost >= 0
SELECT
  u.unit_number,
  -- Days since 1970-01-01.
  CAST(idiv(micros(CAST(p.day AS TIMESTAMP)), 86400000000) AS INTEGER) AS day_number,
  CAST(p.sales AS DOUBLE) AS sales,
  CAST(p.cost AS DOUBLE) AS cost
FROM stg_panel p
JOIN int_return_units u ON u.unit = p.unit
CROSS JOIN params
WHERE CAST(p.day AS TIMESTAMP) < params.interval_to
  AND (p.day BETWEEN params.pre_from AND params.pre_to OR p.day BETWEEN params.flight_from AND params.flight_to)
