-- Forwards by others of each person's messages before the flight, credited as the network itself names them.
-- grain: person_number
WITH authored AS (
  SELECT m.message_number, p.person_number, m.created_at
  FROM stg_messages m
  JOIN stg_persons p ON p.author_number = m.author_number
)
SELECT
  t.person_number,
  CAST(count(*) AS BIGINT) AS forwards
FROM est_forest f
JOIN authored m ON m.message_number = f.message_number
JOIN authored t ON t.message_number = f.parent_number
SEMI JOIN (SELECT message_number FROM est_forest WHERE is_seen) s ON s.message_number = f.parent_number
CROSS JOIN params
WHERE f.is_seen AND m.person_number <> t.person_number
  AND m.created_at < coalesce(CAST(params.flight_from AS TIMESTAMP), params.interval_to)
GROUP BY t.person_number
