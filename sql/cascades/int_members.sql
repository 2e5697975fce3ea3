-- The seen messages of every cascade of more than its root, with the place of each forward in time.
-- grain: message_number
SELECT
  f.root_number,
  f.message_number,
  f.depth,
  m.author_number,
  m.created_at,
  CASE WHEN f.depth > 0 THEN
    CAST(row_number() OVER (
      PARTITION BY f.root_number, f.depth > 0
      ORDER BY m.created_at ASC NULLS LAST, f.message_number ASC NULLS LAST
    ) AS BIGINT)
  END AS forward_place
FROM est_forest f
JOIN est_forest o ON o.message_number = f.root_number AND (o.subtree_size > 1 OR NOT o.is_seen)
JOIN stg_messages m ON m.message_number = f.message_number
WHERE f.is_seen
