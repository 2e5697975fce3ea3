-- What each question was asked over to its end: stretches that neither touch nor overlap.
-- grain: source, query, covered_from
-- check: covered_from < covered_to
WITH stretches AS (
  SELECT DISTINCT source, query, span_from, span_to
  FROM int_outcomes
  WHERE NOT is_follow AND kind <> 'counts' AND outcome IN ('covered', 'gone') AND span_from < span_to
),
before AS (
  SELECT
    source,
    query,
    span_from,
    span_to,
    max(span_to) OVER (
      PARTITION BY source, query
      ORDER BY span_from ASC NULLS FIRST, span_to ASC NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_before
  FROM stretches
),
numbered AS (
  SELECT
    source,
    query,
    span_from,
    span_to,
    sum(CASE WHEN covered_before >= span_from THEN 0 ELSE 1 END) OVER (
      PARTITION BY source, query
      ORDER BY span_from ASC NULLS FIRST, span_to ASC NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS island
  FROM before
)
SELECT
  source,
  query,
  min(span_from) AS covered_from,
  max(span_to) AS covered_to
FROM numbered
GROUP BY source, query, island
