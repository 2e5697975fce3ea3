-- Who buys: the person behind each customer of the shop where an account is known, else the customer alone.
-- grain: customer_id
SELECT
  c.customer_id,
  coalesce('person ' || i.person_key, 'account ' || k.author_id, 'customer ' || c.customer_id) AS buyer_key
FROM (
  SELECT customer_id FROM stg_orders
  UNION
  SELECT customer_id FROM stg_customers
) c
LEFT JOIN stg_customers k ON k.customer_id = c.customer_id
LEFT JOIN stg_identities i ON i.author_id = k.author_id
