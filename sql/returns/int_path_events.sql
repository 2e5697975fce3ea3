-- What happened to each buyer who met a person of the campaign, in order of time: whom they met, and what they bought in the flight.
-- grain: event_number
-- check: channel_number >= -1
-- check: value > 0 OR channel_number >= 0
WITH sold AS (
  SELECT b.buyer_key, o.ordered_at, o.order_id, o.value - coalesce(o.refund_value, 0) AS value
  FROM stg_orders o
  JOIN int_buyers b ON b.customer_id = o.customer_id
  CROSS JOIN params
  WHERE o.day >= params.flight_from AND o.day <= params.flight_to AND o.ordered_at < params.interval_to
),
events AS (
  SELECT t.buyer_key, t.touched_at AS happened_at, 0 AS is_order, t.touch_id AS event_id, t.channel_number,
    CAST(0 AS DOUBLE) AS value,
    CASE WHEN CAST(t.touched_at AS DATE) >= params.flight_from THEN 1 ELSE 0 END AS is_flight
  FROM int_touches t
  CROSS JOIN params
  WHERE t.touched_at < params.interval_to
  UNION ALL
  -- What was wholly refunded was not bought.
  SELECT buyer_key, ordered_at AS happened_at, 1 AS is_order, order_id AS event_id, -1 AS channel_number,
    CAST(value AS DOUBLE) AS value, 1 AS is_flight
  FROM sold s
  SEMI JOIN int_touches t ON t.buyer_key = s.buyer_key
  WHERE value > 0
)
SELECT
  CAST(row_number() OVER ordered - 1 AS INTEGER) AS event_number,
  CAST(rank() OVER (ORDER BY e.buyer_key ASC NULLS LAST) - 1 AS INTEGER) AS buyer_number,
  CAST(micros(e.happened_at) AS DOUBLE) AS happened_micros,
  CAST(e.channel_number AS INTEGER) AS channel_number,
  e.value,
  CAST(e.is_flight AS INTEGER) AS is_flight
FROM events e
WINDOW ordered AS (
  ORDER BY
    e.buyer_key ASC NULLS LAST,
    e.happened_at ASC NULLS LAST,
    e.is_order ASC NULLS LAST,
    e.event_id ASC NULLS LAST,
    e.channel_number ASC NULLS LAST
)
