-- Within what shares are given to others at random to see what chance gives: those of one kind on one day; where one in twenty pairs of them coincide the day alone tells nothing, and all such days of the kind are taken together (-1).
-- grain: kind_number, day_number
SELECT
  c.kind_number,
  c.day_number,
  c.coincidences,
  CASE WHEN 20 * c.coincidences <= s.pairs THEN c.day_number ELSE -1 END AS stratum_day
FROM (
  SELECT kind_number, day_number, count(*) AS coincidences
  FROM int_coincidences
  WHERE day_number IS NOT NULL
  GROUP BY kind_number, day_number
) c
JOIN (
  SELECT
    kind_number,
    day_number,
    (sum(CAST(shares AS BIGINT)) * sum(CAST(shares AS BIGINT)) - sum(CAST(shares AS BIGINT) * CAST(shares AS BIGINT))) / 2 AS pairs
  FROM int_share_days
  GROUP BY kind_number, day_number
) s ON s.kind_number = c.kind_number AND s.day_number = c.day_number
