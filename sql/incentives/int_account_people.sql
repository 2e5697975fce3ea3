-- Whose account it is, for the accounts of codes and of customers: the person of the identities file, or the account itself.
-- grain: author_id
SELECT
  a.author_id,
  coalesce('person ' || i.person_key, 'account ' || a.author_id) AS person_key
FROM (
  SELECT author_id FROM stg_codes
  UNION
  SELECT author_id FROM stg_customers WHERE author_id IS NOT NULL
) a
LEFT JOIN stg_identities i ON i.author_id = a.author_id
