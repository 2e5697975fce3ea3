-- Every hour of the window that a question was asked over, or should have been: how much of it was covered, and what withheld the rest.
-- grain: source, query, hour
-- check: seconds_missed BETWEEN 0 AND seconds_asked AND seconds_asked <= 3600
-- check: state IN ('covered', 'limited', 'failed', 'partial')
WITH hours AS (
  SELECT
    source,
    query,
    asked_from,
    asked_to,
    explode(hours_of(greatest(asked_from, params.window_from), least(asked_to, params.interval_to))) AS hour
  FROM int_still_asked
  CROSS JOIN params
  WHERE greatest(asked_from, params.window_from) < least(asked_to, params.interval_to)
),
measured AS (
  SELECT
    h.source,
    h.query,
    h.hour,
    min(least(micros(h.asked_to), micros(h.hour) + 3600000000) - greatest(micros(h.asked_from), micros(h.hour))) AS micros_asked,
    coalesce(sum(c.to_micros - c.from_micros), 0) AS micros_covered
  FROM hours h
  LEFT JOIN int_covered_hours c ON c.source = h.source AND c.query = h.query AND c.hour = h.hour
  GROUP BY h.source, h.query, h.hour
),
counted AS (
  SELECT
    source,
    query,
    hour,
    CAST(idiv(CAST(micros_asked AS BIGINT), 1000000) AS INTEGER) AS seconds_asked,
    CAST(idiv(CAST(micros_asked - micros_covered AS BIGINT), 1000000) AS INTEGER) AS seconds_missed
  FROM measured
)
SELECT
  c.source,
  c.query,
  c.hour,
  c.seconds_asked,
  c.seconds_missed,
  CASE WHEN c.seconds_missed = 0 THEN 'covered' ELSE coalesce(w.outcome, 'partial') END AS state,
  coalesce(w.is_limited, false) AS is_limited
FROM counted c
LEFT JOIN int_withheld_hours w ON w.source = c.source AND w.query = c.query AND w.hour = c.hour
