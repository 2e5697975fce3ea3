-- Customers of the shop, the account of each where one is known, and what each is worth.
-- grain: customer_id
SELECT
  coalesce(pc.pseudonym, j.customer_id) AS customer_id,
  coalesce(pa.pseudonym, j.author_id) AS author_id,
  j.clv,
  j.currency,
  j.value
FROM stg_judged_customers j
LEFT JOIN est_sheet_pseudonyms pc ON pc.id = 'customer:' || j.customer_id
LEFT JOIN est_sheet_pseudonyms pa ON pa.id = j.author_id
WHERE j.fate = 'staged'
