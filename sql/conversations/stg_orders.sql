-- The shop's orders, in their own currency and in the campaign's.
-- grain: order_id
-- check: amount >= 0 AND value >= 0
-- check: (refunded_at IS NULL) = (refund_value IS NULL)
-- check: refund_amount IS NULL OR (refund_amount <= amount AND refunded_at >= ordered_at)
SELECT
  j.order_id,
  coalesce(p.pseudonym, j.customer_id) AS customer_id,
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
FROM stg_judged_orders j
LEFT JOIN est_sheet_pseudonyms p ON p.id = 'customer:' || j.customer_id
WHERE j.fate = 'staged'
