-- Accounts that spoke in the window and belong to people with a code of this campaign, the brand's and opted-out ones apart.
-- grain: author_number
SELECT
  s.author_number,
  h.author_id,
  h.person_key
FROM stg_persons s
LEFT JOIN stg_identities i ON i.author_id = s.author_id
JOIN (
  SELECT person_key, min(author_id) AS author_id
  FROM int_holders
  CROSS JOIN params
  WHERE promotion = params.campaign AND NOT is_shared AND NOT is_brand
  GROUP BY person_key
) h ON h.person_key = coalesce('person ' || i.person_key, 'account ' || s.author_id)
WHERE NOT s.is_brand AND NOT s.is_opted_out
