-- The accounts of the people whose features are wanted: the influential ones, who are grouped, and who cares for the category, to be compared with them. Brands and who opted out are none.
-- grain: author_number
SELECT
  p.author_number,
  p.person_number,
  i.is_influential
FROM stg_persons p
JOIN stg_influential i ON i.person_number = p.person_number
CROSS JOIN params
LEFT JOIN stg_interests s ON s.person_number = p.person_number AND s.topic = params.topic
WHERE (i.is_influential OR s.is_interested) AND NOT p.is_brand AND NOT p.is_opted_out
