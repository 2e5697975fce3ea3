-- Where each prospect stands among all by what they do and how far they are known, 0 to 1, whatever the unit; influence itself left out.
-- grain: person_number
WITH known AS (
  SELECT
    p.person_number,
    CAST(count(*) OVER () AS DOUBLE) AS prospects,
    t.messages,
    t.reshare_share,
    t.quote_share,
    t.answer_share,
    p.followers,
    coalesce(p.si, 0) AS si
  FROM int_prospects p
  JOIN int_prospect_talk t ON t.person_number = p.person_number
)
SELECT
  person_number,
  CAST(rank() OVER (ORDER BY messages ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0) AS activeness,
  CAST(rank() OVER (ORDER BY reshare_share ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0) AS reshares,
  CAST(rank() OVER (ORDER BY quote_share ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0) AS quotes,
  CAST(rank() OVER (ORDER BY answer_share ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0) AS answers,
  -- where followers were never told, the middle
  CASE WHEN followers IS NULL THEN 0.5e0
    ELSE CAST(rank() OVER (ORDER BY followers ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0)
  END AS clout,
  CAST(rank() OVER (ORDER BY si ASC NULLS FIRST) AS DOUBLE) / nullif(prospects, 0) AS interest
FROM known
