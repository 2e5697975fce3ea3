-- The people whose influence has a value: numbered densely, named by their main account, of people not seen in the window by the account listed first.
-- grain: person_number
-- check: author_id IS NOT NULL
WITH flags AS (
  -- An account counts for its person even where it said nothing in the window.
  SELECT
    k.person_key,
    count(b.author_id) > 0 AS is_brand,
    count(o.author_id) > 0 AS is_opted_out
  FROM (
    SELECT author_id, person_key FROM int_value_accounts
    UNION
    SELECT author_id, 'person ' || person_key AS person_key FROM stg_identities
  ) k
  LEFT JOIN stg_brand_accounts b ON b.author_id = k.author_id
  LEFT JOIN stg_optouts o ON o.author_id = k.author_id
  GROUP BY k.person_key
),
people AS (
  SELECT
    person_key,
    min(CASE WHEN is_main THEN author_id END) AS main_id,
    min(author_id) AS any_id
  FROM int_value_accounts
  GROUP BY person_key
)
SELECT
  CAST(row_number() OVER (ORDER BY p.person_key ASC NULLS LAST) - 1 AS INTEGER) AS person_number,
  p.person_key,
  coalesce(p.main_id, i.author_id, p.any_id) AS author_id,
  f.is_brand,
  f.is_opted_out
FROM people p
JOIN flags f ON f.person_key = p.person_key
LEFT JOIN stg_identities i ON i.place = 0 AND 'person ' || i.person_key = p.person_key
