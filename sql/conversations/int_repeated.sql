-- Messages that were read more than once.
-- grain: message_id
SELECT message_id
FROM int_rows
GROUP BY message_id
HAVING count(*) > 1
