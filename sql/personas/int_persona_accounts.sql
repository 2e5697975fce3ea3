-- The accounts of the influential people. Brands and who opted out are none.
-- grain: author_number
SELECT
  p.author_number,
  p.person_number
FROM stg_persons p
JOIN stg_influential i ON i.person_number = p.person_number
WHERE i.is_influential AND NOT p.is_brand AND NOT p.is_opted_out
