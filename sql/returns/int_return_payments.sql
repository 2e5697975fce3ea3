-- What the ledger of incentives pays, in the campaign's currency, by the rate of the day on which it was earned.
-- grain: entry_id
WITH rates AS (
  SELECT n.currency, n.day, max_by(r.rate, r.day) FILTER (WHERE r.rate IS NOT NULL) AS rate
  FROM (SELECT DISTINCT i.currency, i.day FROM fct_incentives i) n
  JOIN stg_rates r ON r.currency = n.currency AND r.day <= n.day
  GROUP BY n.currency, n.day
)
SELECT
  i.entry_id,
  i.day,
  -- NULL where there is no rate.
  CASE
    WHEN i.currency = params.currency THEN i.amount
    WHEN i.amount < 0 THEN -value_at(-i.amount, r.rate)
    ELSE value_at(i.amount, r.rate)
  END AS value
FROM fct_incentives i
LEFT JOIN rates r ON r.currency = i.currency AND r.day = i.day
CROSS JOIN params
