-- The shop's orders, in their own currency and in the campaign's; code_name is what may be published of a code.
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
  coalesce(pk.pseudonym, trim(j.code)) AS code_name,
  j.promotion,
  j.geo,
  j.refunded_at,
  j.refund_amount,
  j.refund_value
FROM stg_judged_orders j
LEFT JOIN est_sheet_pseudonyms p ON p.id = 'customer:' || j.customer_id
LEFT JOIN est_sheet_pseudonyms pk ON pk.id = 'code:' || code_key(j.code)
WHERE j.fate = 'staged'
