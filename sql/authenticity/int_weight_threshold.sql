-- The weight that an edge must be above to be flagged: the median of all weights.
-- grain: threshold
SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY pairs ASC NULLS LAST), 0) AS threshold
FROM int_edges
