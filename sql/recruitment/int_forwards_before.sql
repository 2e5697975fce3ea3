-- Forwards by others of each person's messages before the flight, credited as the network itself names them.
-- grain: person_number
SELECT
  b.person_number,
  CAST(count(*) AS BIGINT) AS forwards
FROM est_forest f
JOIN est_forest s ON s.message_number = f.parent_number AND s.is_seen
JOIN stg_messages m ON m.message_number = f.message_number
JOIN stg_messages t ON t.message_number = f.parent_number
JOIN stg_persons a ON a.author_number = m.author_number
JOIN stg_persons b ON b.author_number = t.author_number
CROSS JOIN params
WHERE f.is_seen AND a.person_number <> b.person_number
  AND m.created_at < coalesce(CAST(params.flight_from AS TIMESTAMP), params.interval_to)
GROUP BY b.person_number
