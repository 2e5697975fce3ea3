-- Every act of sharing: a message and one object that it shares. A text has no object yet: 0.
-- grain: message_number, kind_number, object
SELECT
  s.message_number,
  m.author_number,
  coalesce(s.kind_number, k.kind_number) AS kind_number,
  s.object,
  micros(m.created_at) AS created_micros
FROM (
  SELECT message_number, 1 AS kind_number, object FROM int_shared_links
  UNION ALL
  SELECT message_number, 2, object FROM int_shared_hashtags
  UNION ALL
  SELECT message_number, 3, CAST(0 AS BIGINT) FROM int_texts
  UNION ALL
  SELECT message_number, NULL, CAST(root_number AS BIGINT) FROM est_forest WHERE is_seen AND parent_number IS NOT NULL
) s
JOIN stg_messages m ON m.message_number = s.message_number
LEFT JOIN int_share_kinds k ON k.platform = m.platform
