-- Whose message each answer or forward was meant for, or came from in the end, by accounts.
-- grain: message_number, target_number
SELECT message_number, parent_number AS target_number
FROM est_forest
WHERE is_seen AND parent_number IS NOT NULL AND own_rule < 2
UNION
SELECT message_number, root_number AS target_number
FROM est_forest
WHERE is_seen AND parent_number IS NOT NULL
UNION
SELECT message_number, parent_number AS target_number
FROM est_conversation
WHERE is_seen AND parent_number IS NOT NULL
