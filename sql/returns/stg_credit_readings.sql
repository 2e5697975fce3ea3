-- How much of the flight's orders credit could be divided over: those whose buyers met somebody of the campaign before.
-- grain: orders
-- may shrink: there is a row while the campaign works with people and its flight has orders
-- check: orders_with_path <= orders
SELECT
  CAST(o.orders AS BIGINT) AS orders,
  CAST(f.orders_with_path AS BIGINT) AS orders_with_path,
  CAST(f.paths_without_order AS BIGINT) AS paths_without_order,
  CAST(p.people AS BIGINT) AS people
FROM est_credit_findings f
CROSS JOIN (
  SELECT count(*) AS orders
  FROM stg_orders s
  CROSS JOIN params
  WHERE s.day >= params.flight_from AND s.day <= params.flight_to AND s.ordered_at < params.interval_to
    AND s.value > coalesce(s.refund_value, 0)
) o
CROSS JOIN (SELECT count(DISTINCT channel_number) AS people FROM est_credits) p
WHERE f.channels > 0 AND o.orders > 0
