-- The people behind the authors of the window: accounts that the identities join are one person, named by the account listed first.
-- grain: author_number
-- check: is_main = (author_number = person_number)
-- check: is_main = (author_id = person_id)
WITH seen AS (
  SELECT m.author_number, min(m.author_id) AS author_id
  FROM stg_messages m
  CROSS JOIN params
  WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
  GROUP BY m.author_number
),
joined AS (
  SELECT
    s.author_number,
    s.author_id,
    i.person_key,
    CAST(row_number() OVER (PARTITION BY i.person_key ORDER BY i.place ASC NULLS LAST) AS BIGINT) AS place
  FROM seen s
  JOIN stg_identities i ON i.author_id = s.author_id
),
-- An account counts for its person even where it said nothing in the window.
flags AS (
  SELECT
    i.person_key,
    count(b.author_id) > 0 AS is_brand,
    count(o.author_id) > 0 AS is_opted_out
  FROM stg_identities i
  LEFT JOIN stg_brand_accounts b ON b.author_id = i.author_id
  LEFT JOIN stg_optouts o ON o.author_id = i.author_id
  GROUP BY i.person_key
)
SELECT
  s.author_number,
  s.author_id,
  coalesce(main.author_number, s.author_number) AS person_number,
  coalesce(main.author_id, s.author_id) AS person_id,
  coalesce(j.place, 1) = 1 AS is_main,
  coalesce(f.is_brand, b.author_id IS NOT NULL) AS is_brand,
  coalesce(f.is_opted_out, o.author_id IS NOT NULL) AS is_opted_out
FROM seen s
LEFT JOIN joined j ON j.author_number = s.author_number
LEFT JOIN joined main ON main.person_key = j.person_key AND main.place = 1
LEFT JOIN flags f ON f.person_key = j.person_key
LEFT JOIN stg_brand_accounts b ON b.author_id = s.author_id
LEFT JOIN stg_optouts o ON o.author_id = s.author_id
