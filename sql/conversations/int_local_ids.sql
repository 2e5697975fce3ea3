-- Messages by the ids that one server alone understands, whichever capture told them.
-- grain: platform, local_host, local_id
SELECT
  platform,
  local_host,
  local_id,
  min(message_id) AS message_id
FROM stg_rows
WHERE local_id IS NOT NULL AND local_host IS NOT NULL
GROUP BY platform, local_host, local_id
