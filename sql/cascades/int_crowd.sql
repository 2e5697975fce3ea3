-- Distinct authors of each cascade.
-- grain: root_number
SELECT
  root_number,
  count(DISTINCT author_number) AS author_count
FROM int_members
GROUP BY root_number
