-- Mean sales a day of each unit of the panel in the quiet time before the flight, in all and in its two halves.
-- grain: unit_number
-- check: arm BETWEEN -1 AND 1
WITH days AS (
  SELECT p.unit, p.day, p.sales, p.unit_group
  FROM stg_panel p
  CROSS JOIN params
  WHERE CAST(p.day AS TIMESTAMP) < params.interval_to
    AND (params.flight_from IS NULL OR p.day < params.flight_from)
    AND (params.pre_from IS NULL OR p.day BETWEEN params.pre_from AND params.pre_to)
),
halves AS (
  SELECT
    unit,
    unit_group,
    sales,
    CAST(rank() OVER (PARTITION BY unit ORDER BY day ASC NULLS LAST) AS BIGINT) * 2
      <= CAST(count(*) OVER (PARTITION BY unit) AS BIGINT) AS is_early
  FROM days
)
SELECT
  CAST(row_number() OVER (ORDER BY unit ASC NULLS LAST) AS INTEGER) AS unit_number,
  -- 1 treated, 0 control, -1 neither or both
  CAST(CASE
    WHEN min(unit_group) = 'treated' AND max(unit_group) = 'treated' THEN 1
    WHEN min(unit_group) = 'control' AND max(unit_group) = 'control' THEN 0
    ELSE -1
  END AS INTEGER) AS arm,
  CAST(sum(sales) AS DOUBLE) / nullif(count(*), 0) AS sales,
  CAST(sum(sales) FILTER (WHERE NOT is_early) AS DOUBLE) / nullif(count(*) FILTER (WHERE NOT is_early), 0)
    - CAST(sum(sales) FILTER (WHERE is_early) AS DOUBLE) / nullif(count(*) FILTER (WHERE is_early), 0) AS sales_change
FROM halves
GROUP BY unit
