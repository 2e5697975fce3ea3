-- Every row of the costs with where it ends: equal rows are one cost.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
-- check: fate <> 'staged' OR value IS NOT NULL
WITH looked_at AS (
  SELECT
    o.file,
    o.line,
    coalesce(
      o.refused,
      CASE WHEN coalesce(o.author_id, '') <> '' THEN author_fault('author_id', o.author_id) END,
      CASE
        WHEN coalesce(o.kind, '') = '' THEN 'kind is missing'
        WHEN o.kind IN ('fee', 'incentive', 'product', 'tooling') THEN NULL
        ELSE 'kind ' || shown(o.kind) || ' is none of fee, incentive, product, tooling'
      END,
      amount_fault('amount', o.amount),
      currency_fault('currency', o.currency),
      day_fault('spent_at', o.spent_at)
    ) AS fault,
    CASE WHEN o.refused IS NULL THEN concat_ws(
      ',', coalesce(o.author_id, ''), coalesce(o.kind, ''), coalesce(o.amount, ''), coalesce(o.currency, ''), coalesce(o.spent_at, '')
    ) END AS row,
    nullif(o.author_id, '') AS author_id,
    o.kind,
    amount_of(o.amount) AS amount,
    o.currency,
    day_of(o.spent_at) AS spent_at
  FROM raw_costs o
),
rates AS (
  SELECT n.currency, n.spent_at, max_by(r.rate, r.day) FILTER (WHERE r.rate IS NOT NULL) AS rate
  FROM (SELECT DISTINCT l.currency, l.spent_at FROM looked_at l WHERE l.fault IS NULL) n
  JOIN stg_rates r ON r.currency = n.currency AND r.day <= n.spent_at
  GROUP BY n.currency, n.spent_at
),
valued AS (
  SELECT
    l.*,
    CASE WHEN l.currency = params.currency OR params.currency IS NULL THEN l.amount ELSE value_at(l.amount, r.rate) END AS value,
    CASE WHEN r.rate IS NULL THEN 'there is no rate of ' || l.currency || ' on or before spent_at' ELSE 'its value is too large' END AS unvalued
  FROM looked_at l
  LEFT JOIN rates r ON r.currency = l.currency AND r.spent_at = l.spent_at
  CROSS JOIN params
),
judged AS (
  SELECT v.*, CASE WHEN v.fault IS NULL AND v.value IS NULL THEN v.unvalued ELSE v.fault END AS reason
  FROM valued v
),
placed AS (
  SELECT
    j.*,
    row_number() OVER (
      PARTITION BY j.reason IS NULL, j.author_id, j.kind, j.amount, j.currency, j.spent_at
      ORDER BY j.file ASC NULLS LAST, j.line ASC NULLS LAST
    ) > 1 AS is_repeated
  FROM judged j
)
SELECT
  p.file,
  p.line,
  CASE WHEN p.reason IS NOT NULL THEN 'quarantined' WHEN p.is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  p.reason,
  p.row,
  p.author_id,
  p.kind,
  p.amount,
  p.currency,
  p.value,
  p.spent_at
FROM placed p
