-- The kinds of shares, numbered: links, sets of hashtags, texts, and the reposts of each network, which can only be of its own messages.
-- grain: kind_number
SELECT 1 AS kind_number, 'link' AS kind, CAST(NULL AS STRING) AS platform
UNION ALL SELECT 2, 'hashtags', NULL
UNION ALL SELECT 3, 'text', NULL
UNION ALL
SELECT
  CAST(row_number() OVER (ORDER BY platform ASC NULLS FIRST) + 3 AS INTEGER),
  'repost',
  platform
FROM (SELECT DISTINCT platform FROM stg_messages WHERE kind IN ('reshare', 'quote'))
