-- Hours of which a limit or errors withheld a part that was not covered since, by at least a second.
-- grain: source, query, hour
-- check: outcome IN ('limited', 'failed')
WITH pieces AS (
  SELECT
    source,
    query,
    file,
    line,
    item,
    outcome,
    captured_at,
    hour,
    greatest(micros(span_from), micros(hour)) AS from_micros,
    least(micros(span_to), micros(hour) + 3600000000) AS to_micros
  FROM (
    SELECT source, query, file, line, item, outcome, captured_at, span_from, span_to, explode(hours_of(span_from, span_to)) AS hour
    FROM int_outcomes
    WHERE NOT is_follow AND kind <> 'counts' AND outcome IN ('limited', 'failed') AND span_from < span_to
  )
),
judged AS (
  SELECT
    p.source,
    p.query,
    p.hour,
    p.outcome,
    p.captured_at,
    p.to_micros - p.from_micros
      - coalesce(sum(least(p.to_micros, c.to_micros) - greatest(p.from_micros, c.from_micros)) FILTER (WHERE c.hour IS NOT NULL), 0) AS micros_missed
  FROM pieces p
  LEFT JOIN int_covered_hours c
    ON c.source = p.source AND c.query = p.query AND c.hour = p.hour AND c.from_micros < p.to_micros AND c.to_micros > p.from_micros
  GROUP BY p.source, p.query, p.hour, p.file, p.line, p.item, p.outcome, p.captured_at, p.from_micros, p.to_micros
)
SELECT
  source,
  query,
  hour,
  max_by(outcome, (captured_at, outcome)) FILTER (WHERE outcome IS NOT NULL) AS outcome,
  max(CASE WHEN outcome = 'limited' THEN 1 ELSE 0 END) = 1 AS is_limited
FROM judged
WHERE micros_missed >= 1000000
GROUP BY source, query, hour
