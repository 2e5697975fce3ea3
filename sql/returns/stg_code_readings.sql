-- What codes say of the flight's sales, refunds off: all orders with a code of the campaign, and those of buyers who had never bought before they met anybody of it.
-- grain: upper_orders
-- may shrink: there is a row while the campaign has orders, codes and a flight that has begun
-- check: lower_value <= upper_value AND lower_orders <= upper_orders
WITH new_buyers AS (
  SELECT f.buyer_key
  FROM (
    SELECT b.buyer_key, min(o.ordered_at) AS first_order
    FROM stg_orders o
    JOIN int_buyers b ON b.customer_id = o.customer_id
    GROUP BY b.buyer_key
  ) f
  JOIN (SELECT buyer_key, min(touched_at) AS first_touch FROM int_touches GROUP BY buyer_key) t
    ON t.buyer_key = f.buyer_key AND t.first_touch <= f.first_order
)
SELECT
  CAST(coalesce(sum(c.value) FILTER (WHERE n.buyer_key IS NOT NULL), 0) AS DECIMAL(18, 4)) AS lower_value,
  CAST(coalesce(sum(c.value), 0) AS DECIMAL(18, 4)) AS upper_value,
  CAST(count(*) FILTER (WHERE n.buyer_key IS NOT NULL AND c.value > 0) AS BIGINT) AS lower_orders,
  CAST(count(*) FILTER (WHERE c.value > 0) AS BIGINT) AS upper_orders
FROM (
  SELECT DISTINCT k.promotion
  FROM stg_codes k
  CROSS JOIN (SELECT min(order_id) AS any_order FROM stg_orders) o
  CROSS JOIN params
  WHERE k.promotion = params.campaign
    AND o.any_order IS NOT NULL AND CAST(params.flight_from AS TIMESTAMP) < params.interval_to
) a
LEFT JOIN (
  SELECT params.campaign AS promotion, buyer_key, value
  FROM int_code_orders
  CROSS JOIN params
  WHERE is_flight
) c ON c.promotion = a.promotion
LEFT JOIN new_buyers n ON n.buyer_key = c.buyer_key
GROUP BY a.promotion
