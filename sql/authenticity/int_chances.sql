-- How often two shares by different authors coincide within each stratum: the chance that the null gives to any two.
-- grain: stratum_number
-- check: chance > 0
SELECT
  s.stratum_number,
  s.kind_number,
  s.coincidences / nullif(CAST(d.pairs AS DOUBLE), 0) AS chance
FROM int_strata s
JOIN (
  SELECT
    stratum_number,
    (sum(CAST(shares AS BIGINT)) * sum(CAST(shares AS BIGINT)) - sum(CAST(shares AS BIGINT) * CAST(shares AS BIGINT))) / 2 AS pairs
  FROM int_degrees
  GROUP BY stratum_number
) d ON d.stratum_number = s.stratum_number
