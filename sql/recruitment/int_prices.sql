-- What asking each person costs and how likely they accept: the price of their main account, of people without a message the account listed first, else the lowest of their accounts; brands and people who opted out apart.
-- grain: author_id
-- check: prices >= 1
-- check: cost >= 0
-- check: acceptance BETWEEN 0 AND 1
WITH keyed AS (
  SELECT
    i.person_key,
    min(p.person_number) AS person_number,
    max(CASE WHEN o.author_id IS NOT NULL OR b.author_id IS NOT NULL THEN 1 ELSE 0 END) AS is_left_out
  FROM stg_identities i
  LEFT JOIN stg_persons p ON p.author_id = i.author_id
  LEFT JOIN stg_optouts o ON o.author_id = i.author_id
  LEFT JOIN stg_brand_accounts b ON b.author_id = i.author_id
  GROUP BY i.person_key
),
priced AS (
  SELECT
    c.author_id,
    c.cost,
    c.acceptance,
    coalesce(p.person_number, k.person_number) AS person_number,
    i.person_key,
    coalesce(i.person_key, c.author_id) AS unseen_key,
    CASE WHEN coalesce(p.person_number, k.person_number) IS NULL
      THEN coalesce(i.place, 0) = 0
      ELSE coalesce(p.is_main, FALSE)
    END AS is_main
  FROM stg_candidates c
  LEFT JOIN stg_identities i ON i.author_id = c.author_id
  LEFT JOIN keyed k ON k.person_key = i.person_key
  LEFT JOIN stg_persons p ON p.author_id = c.author_id
  ANTI JOIN stg_optouts o ON o.author_id = c.author_id
  ANTI JOIN stg_brand_accounts b ON b.author_id = c.author_id
  WHERE coalesce(k.is_left_out, 0) = 0
),
grouped AS (
  SELECT
    author_id,
    cost,
    acceptance,
    person_number,
    person_key,
    is_main,
    count(*) OVER (PARTITION BY person_number, CASE WHEN person_number IS NULL THEN unseen_key END) AS prices,
    CAST(row_number() OVER (
      PARTITION BY person_number, CASE WHEN person_number IS NULL THEN unseen_key END
      ORDER BY is_main DESC NULLS LAST, cost ASC NULLS LAST, author_id ASC NULLS LAST
    ) AS BIGINT) AS place
  FROM priced
)
SELECT
  coalesce(m.author_id, f.author_id, g.author_id) AS author_id,
  g.person_number,
  g.cost,
  g.acceptance,
  CAST(g.prices AS BIGINT) AS prices,
  g.is_main AS is_of_main
FROM grouped g
LEFT JOIN stg_persons m ON m.person_number = g.person_number AND m.is_main
LEFT JOIN stg_identities f ON f.person_key = g.person_key AND f.place = 0
WHERE g.place = 1
