-- How many words each person said in the window; the brand's accounts are no part of the people.
-- grain: person_number
-- check: words >= 1
SELECT
  p.person_number,
  CAST(least(sum(m.words), 2147483647) AS INTEGER) AS words
FROM stg_worded_messages m
JOIN stg_persons p ON p.author_number = m.author_number
WHERE NOT p.is_brand
GROUP BY p.person_number
