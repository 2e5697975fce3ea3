-- Whose code it is in each campaign, and when: spellings of one code that name several people make it nobody's.
-- grain: code_key, promotion, author_id, valid_from, valid_to
WITH held AS (
  SELECT DISTINCT k.code_key, c.promotion, c.author_id, p.person_key, c.valid_from, c.valid_to
  FROM stg_codes c
  JOIN int_code_keys k ON k.code = c.code
  JOIN int_account_people p ON p.author_id = c.author_id
)
SELECT
  h.code_key,
  h.promotion,
  h.author_id,
  h.person_key,
  h.valid_from,
  h.valid_to,
  min(h.person_key) OVER same_code <> max(h.person_key) OVER same_code AS is_shared,
  b.person_key IS NOT NULL AS is_brand
FROM held h
LEFT JOIN (
  SELECT DISTINCT coalesce('person ' || i.person_key, 'account ' || a.author_id) AS person_key
  FROM stg_brand_accounts a
  LEFT JOIN stg_identities i ON i.author_id = a.author_id
) b ON b.person_key = h.person_key
WINDOW same_code AS (PARTITION BY h.code_key, h.promotion)
