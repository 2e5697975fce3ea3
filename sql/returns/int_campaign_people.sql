-- The people the campaign works with, who are the channels of its orders: whoever has a code of it or was paid, but the brand.
-- Who opted out counts and is not listed.
-- grain: person_key
-- check: channel_number >= 0
-- check: author_id IS NOT NULL
WITH named AS (
  SELECT c.author_id
  FROM stg_codes c
  CROSS JOIN params
  WHERE c.promotion = params.campaign
  UNION
  SELECT author_id FROM stg_costs WHERE author_id IS NOT NULL
),
people AS (
  SELECT
    coalesce('person ' || i.person_key, 'account ' || n.author_id) AS person_key,
    min(n.author_id) AS any_id
  FROM named n
  LEFT JOIN stg_identities i ON i.author_id = n.author_id
  GROUP BY 1
),
brand AS (
  SELECT coalesce('person ' || i.person_key, 'account ' || b.author_id) AS person_key
  FROM stg_brand_accounts b
  LEFT JOIN stg_identities i ON i.author_id = b.author_id
),
optouts AS (
  SELECT DISTINCT coalesce('person ' || i.person_key, 'account ' || o.author_id) AS person_key
  FROM stg_optouts o
  LEFT JOIN stg_identities i ON i.author_id = o.author_id
),
-- Named as elsewhere: by the main account, of people not seen in the window by the account listed first.
seen AS (
  SELECT coalesce('person ' || i.person_key, 'account ' || s.author_id) AS person_key, min(s.person_id) AS author_id
  FROM stg_persons s
  LEFT JOIN stg_identities i ON i.author_id = s.author_id
  GROUP BY 1
)
SELECT
  CAST(row_number() OVER (ORDER BY p.person_key ASC NULLS LAST) - 1 AS INTEGER) AS channel_number,
  p.person_key,
  coalesce(s.author_id, i.author_id, p.any_id) AS author_id,
  o.person_key IS NOT NULL AS is_opted_out
FROM people p
ANTI JOIN brand b ON b.person_key = p.person_key
LEFT JOIN optouts o ON o.person_key = p.person_key
LEFT JOIN seen s ON s.person_key = p.person_key
LEFT JOIN stg_identities i ON i.place = 0 AND 'person ' || i.person_key = p.person_key
