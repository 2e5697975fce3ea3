-- Messages that others name and nobody handed in, numbered after the staged ones.
-- grain: message_number
SELECT
  u.message_id,
  CAST(row_number() OVER (ORDER BY u.message_id ASC NULLS FIRST) - 1 + s.messages AS INTEGER) AS message_number
FROM (
  SELECT DISTINCT r.target_id AS message_id
  FROM int_references r
  ANTI JOIN int_message_numbers n ON n.message_id = r.target_id
) u
CROSS JOIN (SELECT count(*) AS messages FROM int_message_numbers) s
