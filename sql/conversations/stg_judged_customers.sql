-- Every row of the customers with where it ends.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    o.file,
    o.line,
    coalesce(
      o.refused,
      id_fault('customer_id', o.customer_id),
      CASE WHEN coalesce(o.author_id, '') <> '' THEN author_fault('author_id', o.author_id) END,
      CASE WHEN coalesce(o.clv, '') <> '' THEN coalesce(signed_amount_fault('clv', o.clv), currency_fault('currency', o.currency)) END
    ) AS fault,
    CASE WHEN o.refused IS NULL THEN concat_ws(
      ',', coalesce(o.customer_id, ''), coalesce(o.author_id, ''), coalesce(o.clv, ''), coalesce(o.currency, '')
    ) END AS row,
    o.customer_id,
    nullif(o.author_id, '') AS author_id,
    signed_amount_of(o.clv) AS clv,
    nullif(o.currency, '') AS currency
  FROM raw_customers o
),
-- A value over a lifetime is of no day: it is told at the last rate that the night knows.
rates AS (
  SELECT r.currency, max_by(r.rate, r.day) FILTER (WHERE r.rate IS NOT NULL) AS rate
  FROM stg_rates r
  CROSS JOIN params
  WHERE r.day < CAST(params.interval_to AS DATE)
  GROUP BY r.currency
),
valued AS (
  SELECT
    l.*,
    CASE WHEN l.currency = params.currency OR params.currency IS NULL THEN l.clv ELSE value_at(l.clv, r.rate) END AS value,
    CASE WHEN r.rate IS NULL THEN 'there is no rate of ' || l.currency || ' before the end of the night' ELSE 'its value is too large' END AS unvalued
  FROM looked_at l
  LEFT JOIN rates r ON r.currency = l.currency
  CROSS JOIN params
),
checked AS (
  SELECT v.*, CASE WHEN v.fault IS NULL AND v.clv IS NOT NULL AND v.value IS NULL THEN v.unvalued ELSE v.fault END AS own_fault
  FROM valued v
),
placed AS (
  SELECT
    c.*,
    row_number() OVER (PARTITION BY c.own_fault IS NULL, c.customer_id ORDER BY c.file ASC NULLS LAST, c.line ASC NULLS LAST) > 1 AS is_repeated
  FROM checked c
),
-- Few rows stand twice: only those are compared.
conflicts AS (
  SELECT
    c.customer_id,
    min_by(c.file || ':' || CAST(c.line AS STRING), (c.file, c.line)) FILTER (WHERE c.line IS NOT NULL) AS first_place,
    max_by(c.file || ':' || CAST(c.line AS STRING), (c.file, c.line)) FILTER (WHERE c.line IS NOT NULL) AS last_place
  FROM checked c
  SEMI JOIN (SELECT DISTINCT p.customer_id FROM placed p WHERE p.is_repeated AND p.own_fault IS NULL) d ON d.customer_id = c.customer_id
  WHERE c.own_fault IS NULL
  GROUP BY c.customer_id
  HAVING count(DISTINCT (c.author_id, c.clv, c.currency)) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.own_fault,
      CASE WHEN c.customer_id IS NOT NULL
        THEN 'customer ' || shown(p.customer_id) || ' stands twice with different content, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.customer_id = p.customer_id AND p.own_fault IS NULL
)
SELECT
  j.file,
  j.line,
  CASE WHEN j.reason IS NOT NULL THEN 'quarantined' WHEN j.is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  j.reason,
  j.row,
  j.customer_id,
  j.author_id,
  j.clv,
  j.currency,
  j.value
FROM judged j
