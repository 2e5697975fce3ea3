-- The numbers of what a message names.
-- grain: message_number
SELECT
  m.message_number,
  max(t.message_number) FILTER (WHERE r.slot = 'via') AS via_number,
  max(t.message_number) FILTER (WHERE r.slot = 'parent') AS parent_number,
  max(t.message_number) FILTER (WHERE r.slot = 'root') AS root_number,
  max(t.message_number) FILTER (WHERE r.slot = 'reply') AS reply_number
FROM int_references r
JOIN int_message_numbers m ON m.message_id = r.message_id
JOIN (
  SELECT message_id, message_number FROM int_message_numbers
  UNION ALL
  SELECT message_id, message_number FROM stg_unseen_messages
) t ON t.message_id = r.target_id
GROUP BY m.message_number
