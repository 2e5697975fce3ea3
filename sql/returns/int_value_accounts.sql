-- The accounts that spoke in the window or stand in the influence shares, each with its person: accounts that the identities join are one.
-- grain: author_id
-- check: person_key IS NOT NULL
SELECT
  a.author_id,
  s.author_number,
  coalesce(s.is_main, FALSE) AS is_main,
  coalesce('person ' || i.person_key, 'account ' || a.author_id) AS person_key
FROM (
  SELECT author_id FROM stg_persons
  UNION
  SELECT influencer_id AS author_id FROM stg_influence_shares
  UNION
  SELECT influenced_id AS author_id FROM stg_influence_shares
) a
LEFT JOIN stg_persons s ON s.author_id = a.author_id
LEFT JOIN stg_identities i ON i.author_id = a.author_id
