-- The widest level of each cascade.
-- grain: root_number
SELECT
  root_number,
  max(messages) AS max_breadth
FROM (
  SELECT root_number, depth, count(*) AS messages
  FROM int_members
  GROUP BY root_number, depth
)
GROUP BY root_number
