-- What the campaign has cost until the end of the interval, by where it is told.
-- grain: told_in
-- check: told_in IN ('costs', 'ledger')
-- check: amount IS NOT NULL
WITH told AS (
  SELECT 'costs' AS told_in, c.kind, c.value, c.spent_at AS day
  FROM stg_costs c
  CROSS JOIN params
  WHERE CAST(c.spent_at AS TIMESTAMP) < params.interval_to
  UNION ALL
  SELECT 'ledger' AS told_in, 'incentive' AS kind, p.value, p.day
  FROM int_return_payments p
)
SELECT
  t.told_in,
  CAST(coalesce(sum(t.value), 0) AS DOUBLE) AS amount,
  CAST(coalesce(sum(t.value) FILTER (WHERE t.day > params.flight_to), 0) AS DOUBLE) AS after_flight,
  CAST(count(*) FILTER (WHERE t.kind = 'incentive') AS INTEGER) AS incentives,
  CAST(count(*) FILTER (WHERE t.value IS NULL) AS INTEGER) AS without_rate
FROM told t
CROSS JOIN params
GROUP BY t.told_in
