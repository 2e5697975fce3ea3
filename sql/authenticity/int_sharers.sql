-- Who shared in at least two messages, and who acts behind the account: a person's accounts are one actor, and so are the brand's (-1).
-- grain: author_number
SELECT
  s.author_number,
  CASE WHEN p.is_brand THEN -1 ELSE p.person_number END AS actor_number
FROM (
  SELECT author_number
  FROM int_acts
  GROUP BY author_number
  HAVING min(message_number) <> max(message_number)
) s
JOIN stg_persons p ON p.author_number = s.author_number
