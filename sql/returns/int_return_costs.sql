-- What the campaign has cost until the end of the interval, by where it is told.
-- grain: told_in
-- check: told_in IN ('costs', 'ledger')
-- check: amount IS NOT NULL
WITH told AS (
  SELECT 'costs' AS told_in, c.kind, c.value, c.spent_at AS day, 0 AS refused
  FROM stg_costs c
  CROSS JOIN params
  WHERE CAST(c.spent_at AS TIMESTAMP) < params.interval_to
  UNION ALL
  SELECT 'costs' AS told_in, NULL AS kind, CAST(0 AS DECIMAL(18, 4)) AS value, CAST(NULL AS DATE) AS day, 1 AS refused
  FROM stg_refused_days r
  CROSS JOIN params
  WHERE r.sheet = 'costs' AND (r.day IS NULL OR CAST(r.day AS TIMESTAMP) < params.interval_to)
  UNION ALL
  SELECT 'ledger' AS told_in, 'incentive' AS kind, p.value, p.day, 0 AS refused
  FROM int_return_payments p
)
SELECT
  t.told_in,
  CAST(coalesce(sum(t.value), 0) AS DOUBLE) AS amount,
  CAST(coalesce(sum(t.value) FILTER (WHERE t.day > params.flight_to), 0) AS DOUBLE) AS after_flight,
  CAST(count(*) FILTER (WHERE t.kind = 'incentive') AS INTEGER) AS incentives,
  CAST(count(*) FILTER (WHERE t.value IS NULL) AS INTEGER) AS without_rate,
  -- Rows that could not be read: the amount lacks what they cost.
  CAST(sum(t.refused) AS INTEGER) AS refused
FROM told t
CROSS JOIN params
GROUP BY t.told_in
