-- When the first forward of a cascade came, and the one that completed half of them.
-- grain: root_number
SELECT
  m.root_number,
  min(m.created_at) FILTER (WHERE m.forward_place = 1) AS first_forward_at,
  min(m.created_at) FILTER (WHERE m.forward_place = idiv(n.forwards + 1, 2)) AS half_forward_at,
  min(m.created_at) AS first_seen_at
FROM int_members m
JOIN (
  SELECT root_number, count(*) FILTER (WHERE depth > 0) AS forwards
  FROM int_members
  GROUP BY root_number
) n ON n.root_number = m.root_number
GROUP BY m.root_number
