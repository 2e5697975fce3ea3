-- Every id that a message names, one row each.
-- grain: message_id, slot
SELECT message_id, 'via' AS slot, via_id AS target_id FROM int_kept WHERE via_id IS NOT NULL
UNION ALL
SELECT message_id, 'parent' AS slot, parent_id AS target_id FROM int_kept WHERE parent_id IS NOT NULL
UNION ALL
SELECT message_id, 'root' AS slot, root_id AS target_id FROM int_kept WHERE root_id IS NOT NULL AND root_id IS DISTINCT FROM parent_id
UNION ALL
SELECT message_id, 'reply' AS slot, reply_to_id AS target_id FROM int_kept WHERE reply_to_id IS NOT NULL
