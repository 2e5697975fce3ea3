-- How soon each of these people answers others: median seconds from a message to their answer, quote or forward of it, where the network names the very message.
-- grain: person_number
-- check: response_seconds >= 0
SELECT
  a.person_number,
  CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(micros(m.created_at) - micros(t.created_at), 0) ASC NULLS LAST) AS DOUBLE)
    / 1000000 AS response_seconds
FROM (
  SELECT message_number, parent_number AS target_number
  FROM est_forest
  WHERE is_seen AND parent_number IS NOT NULL AND own_rule = 0
  UNION ALL
  SELECT message_number, parent_number AS target_number
  FROM est_conversation
  WHERE is_seen AND parent_number IS NOT NULL
) r
JOIN stg_messages m ON m.message_number = r.message_number
JOIN int_persona_accounts a ON a.author_number = m.author_number
JOIN stg_messages t ON t.message_number = r.target_number
JOIN stg_persons p ON p.author_number = t.author_number
WHERE p.person_number <> a.person_number
GROUP BY a.person_number
