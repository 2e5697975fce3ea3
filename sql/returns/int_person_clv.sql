-- What each person is worth as a customer: as the customers file says, else from their orders, a year at the pace since the shop's first order.
-- grain: person_key
-- check: (clv IS NULL) = (clv_rule IS NULL)
-- check: clv_rule IN ('given', 'estimated', 'mixed') OR clv_rule IS NULL
WITH told AS (
  SELECT
    seconds_between(min(o.ordered_at), min(params.interval_to)) / 86400 AS days
  FROM stg_orders o
  CROSS JOIN params
  WHERE o.ordered_at < params.interval_to
),
spent AS (
  SELECT
    o.customer_id,
    sum(o.value) - sum(coalesce(o.refund_value, 0)) AS value
  FROM stg_orders o
  CROSS JOIN params
  WHERE o.ordered_at < params.interval_to
  GROUP BY o.customer_id
),
valued AS (
  SELECT
    c.author_id,
    c.value AS given,
    CASE WHEN c.value IS NULL AND t.days >= 90
      THEN CAST(round(CAST(s.value AS DOUBLE) * params.margin / nullif(t.days, 0) * 365, 4) AS DECIMAL(18, 4))
    END AS estimated
  FROM stg_customers c
  LEFT JOIN spent s ON s.customer_id = c.customer_id
  CROSS JOIN told t
  CROSS JOIN params
  WHERE c.author_id IS NOT NULL
)
SELECT
  coalesce('person ' || i.person_key, 'account ' || v.author_id) AS person_key,
  CAST(sum(coalesce(v.given, v.estimated)) AS DECIMAL(18, 4)) AS clv,
  CASE
    WHEN count(v.given) > 0 AND count(v.estimated) > 0 THEN 'mixed'
    WHEN count(v.given) > 0 THEN 'given'
    WHEN count(v.estimated) > 0 THEN 'estimated'
  END AS clv_rule
FROM valued v
LEFT JOIN stg_identities i ON i.author_id = v.author_id
GROUP BY coalesce('person ' || i.person_key, 'account ' || v.author_id)
