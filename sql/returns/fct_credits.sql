-- Who gets credit for which orders?
-- grain: author_id, method
-- may shrink: credit is divided anew every night
-- check: method IN ('codes', 'markov', 'shapley')
-- check: orders > 0
-- check: share > 0 AND share <= 1.000000001
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – the person's main account, or its pseudonym
-- column: method – codes (orders with their code), markov (what would be lost without them), shapley (shared alike among all who were met); methods are never added up
-- column: orders – orders of the flight, wholly refunded ones left out; by markov and shapley also fractions of orders
-- column: value – what those orders are worth, refunds off: credit for sales, which may have come without them too
-- column: currency – of value
-- column: share – of all orders that the method divides, also among people who are not listed because they opted out
WITH divided AS (
  SELECT
    channel_number,
    CASE method_number WHEN 1 THEN 'markov' ELSE 'shapley' END AS method,
    orders,
    CAST(round(value, 4) AS DECIMAL(18, 4)) AS value
  FROM est_credits
  UNION ALL
  SELECT
    channel_number,
    'codes' AS method,
    CAST(count(*) AS DOUBLE) AS orders,
    CAST(sum(value) AS DECIMAL(18, 4)) AS value
  FROM int_code_orders
  WHERE is_flight AND value > 0
  GROUP BY channel_number
),
-- In billionths, so that no sum depends on its order.
whole AS (
  SELECT method, CAST(sum(CAST(floor(orders * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 AS orders
  FROM divided
  GROUP BY method
)
SELECT
  params.campaign,
  params.as_of,
  p.author_id,
  d.method,
  d.orders,
  d.value,
  params.currency,
  d.orders / nullif(w.orders, 0) AS share
FROM divided d
JOIN whole w ON w.method = d.method
JOIN int_campaign_people p ON p.channel_number = d.channel_number
CROSS JOIN params
WHERE NOT p.is_opted_out
