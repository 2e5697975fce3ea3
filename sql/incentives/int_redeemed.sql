-- Orders until the end of the interval that carry a code, with the person who bought, where a customer's account is known.
-- grain: order_id
SELECT
  o.order_id,
  o.code_name AS code,
  k.code_key,
  nullif(trim(o.promotion), '') AS recorded,
  p.person_key AS buyer_key,
  o.ordered_at,
  o.day,
  o.value
FROM stg_orders o
JOIN int_code_keys k ON k.code = o.code
LEFT JOIN stg_customers c ON c.customer_id = o.customer_id
LEFT JOIN int_account_people p ON p.author_id = c.author_id
CROSS JOIN params
WHERE o.ordered_at < params.interval_to
