-- People who act in concert with others, and with how many.
-- grain: person_number
SELECT
  person_number,
  count(DISTINCT other_number) AS accomplices
FROM (
  SELECT a.person_number, b.person_number AS other_number
  FROM est_coordination c
  JOIN stg_persons a ON a.author_number = c.author_a
  JOIN stg_persons b ON b.author_number = c.author_b
  WHERE c.is_flagged
  UNION ALL
  SELECT b.person_number, a.person_number AS other_number
  FROM est_coordination c
  JOIN stg_persons a ON a.author_number = c.author_a
  JOIN stg_persons b ON b.author_number = c.author_b
  WHERE c.is_flagged
)
GROUP BY person_number
