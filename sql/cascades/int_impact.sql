-- Direct replies and comments of each message.
-- grain: message_number
SELECT
  parent_number AS message_number,
  count(*) AS replies
FROM est_conversation
WHERE is_seen AND parent_number IS NOT NULL
GROUP BY parent_number
