-- The standing questions with the stretch that each was to be asked over: one that the campaign still asks goes on after its last answer, also where nobody asked.
-- grain: source, query
-- check: asked_from < asked_to
WITH stretches AS (
  SELECT source, split_part(file, '/', 1) AS lane, query, span_to
  FROM int_outcomes
  WHERE NOT is_follow AND kind <> 'counts' AND span_from < span_to
),
newest AS (
  SELECT source, lane, max(span_to) AS newest_to
  FROM stretches
  GROUP BY source, lane
),
-- A round in progress has not come to all of its questions: what counts is the last one that ended a day before.
rounds AS (
  SELECT n.source, n.lane, max(s.span_to) AS round_to
  FROM newest n
  JOIN stretches s ON s.source = n.source AND s.lane = n.lane AND seconds_between(s.span_to, n.newest_to) >= 86400
  GROUP BY n.source, n.lane
),
still AS (
  SELECT DISTINCT s.source, s.query
  FROM stretches s
  LEFT JOIN rounds r ON r.source = s.source AND r.lane = s.lane
  WHERE r.round_to IS NULL OR s.span_to >= r.round_to
)
SELECT
  a.source,
  a.query,
  a.asked_from,
  greatest(a.asked_to, CASE WHEN s.query IS NULL THEN a.asked_to ELSE coalesce(l.asked_until, a.asked_to) END) AS asked_to
FROM int_asked a
LEFT JOIN still s ON s.source = a.source AND s.query = a.query
LEFT JOIN stg_live_sources l ON l.source = a.source
