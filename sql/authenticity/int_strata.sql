-- The strata in which something coincided, numbered by kind and day.
-- grain: stratum_number
SELECT
  CAST(row_number() OVER (ORDER BY kind_number ASC NULLS LAST, stratum_day ASC NULLS LAST) - 1 AS INTEGER) AS stratum_number,
  kind_number,
  stratum_day,
  CAST(sum(coincidences) AS DOUBLE) AS coincidences
FROM int_day_strata
GROUP BY kind_number, stratum_day
