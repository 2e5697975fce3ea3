-- Every row of the orders with where it ends: of rows that differ in the refund alone the newest refund until tonight stands.
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
      id_fault('order_id', o.order_id),
      id_fault('customer_id', o.customer_id),
      moment_fault('ordered_at', o.ordered_at),
      amount_fault('amount', o.amount),
      currency_fault('currency', o.currency),
      CASE WHEN coalesce(o.refunded_at, '') <> '' THEN moment_fault('refunded_at', o.refunded_at) END,
      CASE WHEN coalesce(o.refund_amount, '') <> '' THEN amount_fault('refund_amount', o.refund_amount) END,
      CASE WHEN coalesce(o.refunded_at, '') = '' AND amount_of(o.refund_amount) > 0
        THEN 'refunded_at is missing beside refund_amount ' || shown(o.refund_amount)
      END,
      CASE WHEN amount_of(o.refund_amount) > amount_of(o.amount)
        THEN 'refund_amount ' || shown(o.refund_amount) || ' is larger than the amount ' || shown(o.amount) || ' of its order'
      END,
      CASE WHEN timestamp_of(o.refunded_at) < timestamp_of(o.ordered_at)
        THEN 'refunded_at ' || shown(o.refunded_at) || ' is before ordered_at ' || shown(o.ordered_at)
      END
    ) AS fault,
    CASE WHEN o.refused IS NULL THEN concat_ws(
      ',',
      coalesce(o.order_id, ''), coalesce(o.customer_id, ''), coalesce(o.ordered_at, ''), coalesce(o.amount, ''), coalesce(o.currency, ''),
      coalesce(o.code, ''), coalesce(o.promotion, ''), coalesce(o.geo, ''), coalesce(o.refunded_at, ''), coalesce(o.refund_amount, '')
    ) END AS row,
    o.order_id,
    o.customer_id,
    timestamp_of(o.ordered_at) AS ordered_at,
    amount_of(o.amount) AS amount,
    o.currency,
    nullif(o.code, '') AS code,
    nullif(o.promotion, '') AS promotion,
    nullif(o.geo, '') AS geo,
    -- Later refunds are not known yet: a backfilled night must equal the night itself.
    CASE WHEN timestamp_of(o.refunded_at) < params.interval_to THEN timestamp_of(o.refunded_at) END AS refunded_at,
    CASE WHEN timestamp_of(o.refunded_at) < params.interval_to
      THEN coalesce(amount_of(o.refund_amount), amount_of(o.amount))
    END AS refund_amount
  FROM raw_orders o
  CROSS JOIN params
),
rates AS (
  SELECT n.currency, n.day, max_by(r.rate, r.day) FILTER (WHERE r.rate IS NOT NULL) AS rate
  FROM (SELECT DISTINCT l.currency, CAST(l.ordered_at AS DATE) AS day FROM looked_at l WHERE l.fault IS NULL) n
  JOIN stg_rates r ON r.currency = n.currency AND r.day <= n.day
  GROUP BY n.currency, n.day
),
-- A refund is told at the rate of its order, so that a whole one leaves nothing.
valued AS (
  SELECT
    l.*,
    CAST(l.ordered_at AS DATE) AS day,
    CASE WHEN l.currency = params.currency OR params.currency IS NULL THEN l.amount ELSE value_at(l.amount, r.rate) END AS value,
    CASE WHEN l.currency = params.currency OR params.currency IS NULL THEN l.refund_amount ELSE value_at(l.refund_amount, r.rate) END AS refund_value,
    CASE WHEN r.rate IS NULL THEN 'there is no rate of ' || l.currency || ' on or before the day of the order' ELSE 'its value is too large' END AS unvalued
  FROM looked_at l
  LEFT JOIN rates r ON r.currency = l.currency AND r.day = CAST(l.ordered_at AS DATE)
  CROSS JOIN params
),
checked AS (
  SELECT v.*, CASE WHEN v.fault IS NULL AND v.value IS NULL THEN v.unvalued ELSE v.fault END AS own_fault
  FROM valued v
),
placed AS (
  SELECT
    c.*,
    row_number() OVER (
      PARTITION BY c.own_fault IS NULL, c.order_id
      ORDER BY c.refunded_at DESC NULLS LAST, c.refund_amount DESC NULLS LAST, c.file ASC NULLS LAST, c.line ASC NULLS LAST
    ) > 1 AS is_repeated
  FROM checked c
),
-- Few rows stand twice: only those are compared.
conflicts AS (
  SELECT
    c.order_id,
    min_by(c.file || ':' || CAST(c.line AS STRING), (c.file, c.line)) FILTER (WHERE c.line IS NOT NULL) AS first_place,
    max_by(c.file || ':' || CAST(c.line AS STRING), (c.file, c.line)) FILTER (WHERE c.line IS NOT NULL) AS last_place
  FROM checked c
  SEMI JOIN (SELECT DISTINCT p.order_id FROM placed p WHERE p.is_repeated AND p.own_fault IS NULL) d ON d.order_id = c.order_id
  WHERE c.own_fault IS NULL
  GROUP BY c.order_id
  HAVING count(DISTINCT (c.customer_id, c.ordered_at, c.amount, c.currency, c.code, c.promotion, c.geo)) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.own_fault,
      CASE WHEN c.order_id IS NOT NULL
        THEN 'order ' || shown(p.order_id) || ' stands twice with different content, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.order_id = p.order_id AND p.own_fault IS NULL
)
SELECT
  j.file,
  j.line,
  CASE WHEN j.reason IS NOT NULL THEN 'quarantined' WHEN j.is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  j.reason,
  j.row,
  j.order_id,
  j.customer_id,
  j.ordered_at,
  j.day,
  j.amount,
  j.currency,
  j.value,
  j.code,
  j.promotion,
  j.geo,
  j.refunded_at,
  j.refund_amount,
  j.refund_value
FROM judged j
