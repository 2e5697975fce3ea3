-- Forwards by others of an author's messages, credited as the network itself names them.
-- grain: author_number
SELECT
  t.author_number,
  CAST(count(*) AS BIGINT) AS forwards_received
FROM est_forest f
JOIN stg_messages m ON m.message_number = f.message_number
JOIN stg_messages t ON t.message_number = f.parent_number
JOIN est_forest s ON s.message_number = f.parent_number AND s.is_seen
WHERE f.is_seen AND m.author_number <> t.author_number
GROUP BY t.author_number
