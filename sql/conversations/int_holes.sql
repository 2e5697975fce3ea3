-- Stretches of a second and more that a standing question was asked over and nothing covered since, with what withheld the newest try.
-- grain: source, query, hole_from
-- check: hole_from < hole_to
-- check: outcome IN ('limited', 'failed', 'partial')
WITH bounds AS (
  SELECT source, query, asked_from AS free_from, asked_from AS free_to FROM int_asked
  UNION ALL
  SELECT source, query, covered_from, covered_to FROM int_covered
  UNION ALL
  SELECT source, query, asked_to, asked_to FROM int_asked
),
between_stretches AS (
  SELECT
    source,
    query,
    free_to AS hole_from,
    max(free_from) OVER (
      PARTITION BY source, query
      ORDER BY free_from ASC NULLS FIRST, free_to ASC NULLS FIRST
      ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING
    ) AS hole_to
  FROM bounds
),
holes AS (
  SELECT source, query, hole_from, hole_to
  FROM between_stretches
  WHERE seconds_between(hole_from, hole_to) >= 1
),
withheld AS (
  SELECT f.source, o.query, o.span_from, o.span_to, o.outcome, o.reason, o.captured_at
  FROM stg_outcomes o
  JOIN stg_files f ON f.file_sha256 = o.file_sha256
  WHERE o.kind NOT IN ('thread', 'quotes', 'reposts', 'records', 'refresh', 'counts')
    AND o.outcome IN ('limited', 'failed')
    AND o.span_from < o.span_to
)
SELECT
  h.source,
  h.query,
  h.hole_from,
  h.hole_to,
  coalesce(max_by(w.outcome, (w.captured_at, w.outcome, w.reason)) FILTER (WHERE w.outcome IS NOT NULL), 'partial') AS outcome,
  max_by(w.reason, (w.captured_at, w.outcome, w.reason)) FILTER (WHERE w.outcome IS NOT NULL) AS reason,
  max(w.captured_at) AS withheld_at
FROM holes h
LEFT JOIN withheld w ON w.source = h.source AND w.query = h.query AND w.span_from < h.hole_to AND w.span_to > h.hole_from
GROUP BY h.source, h.query, h.hole_from, h.hole_to
