-- Who answers each of these people, and how often, in millionths; what was done in concert apart.
-- grain: person_number, receiver_number
-- check: response_micros > 0
SELECT
  a.person_number,
  p.person_number AS receiver_number,
  CAST(sum(CAST(floor(t.responses * 1000000 + 0.5) AS BIGINT)) AS BIGINT) AS response_micros
FROM stg_ties t
JOIN int_persona_accounts a ON a.author_number = t.influencer_number
JOIN stg_persons p ON p.author_number = t.influenced_number
WHERE p.person_number <> a.person_number AND NOT t.is_coordinated
GROUP BY a.person_number, p.person_number
HAVING sum(CAST(floor(t.responses * 1000000 + 0.5) AS BIGINT)) > 0
