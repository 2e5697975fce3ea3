-- How often each author shared within each stratum.
-- grain: author_number, stratum_number
SELECT
  d.author_number,
  t.stratum_number,
  CAST(sum(d.shares) AS INTEGER) AS shares
FROM int_share_days d
JOIN int_day_strata s ON s.kind_number = d.kind_number AND s.day_number = d.day_number
JOIN int_strata t ON t.kind_number = s.kind_number AND t.stratum_day = s.stratum_day
GROUP BY d.author_number, t.stratum_number
