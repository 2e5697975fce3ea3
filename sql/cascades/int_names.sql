-- The id and author behind each number that a cascade can be rooted at.
-- grain: message_number
SELECT message_number, message_id, author_id, author_number, platform, created_at FROM stg_messages
UNION ALL
SELECT
  message_number,
  message_id,
  CAST(NULL AS STRING) AS author_id,
  CAST(NULL AS INTEGER) AS author_number,
  CAST(NULL AS STRING) AS platform,
  CAST(NULL AS TIMESTAMP) AS created_at
FROM stg_unseen_messages
