-- The standing questions with the stretch that each was to be asked over: one that the campaign still asks goes on after its last answer, also where nobody asked.
-- grain: source, query
-- check: asked_from < asked_to
WITH stretches AS (
  SELECT l.lane, l.asked_until, o.source, o.query, o.span_to
  FROM int_outcomes o
  JOIN stg_live_lanes l ON l.lane = split_part(o.file, '/', 1)
  WHERE NOT o.is_follow AND o.kind <> 'counts' AND o.span_from < o.span_to
),
newest AS (
  SELECT lane, max(span_to) AS newest_to
  FROM stretches
  GROUP BY lane
),
-- A round in progress has not come to all of its questions: what counts is the last one that ended a day before.
rounds AS (
  SELECT n.lane, max(s.span_to) AS round_to
  FROM newest n
  JOIN stretches s ON s.lane = n.lane AND seconds_between(s.span_to, n.newest_to) >= 86400
  GROUP BY n.lane
),
still AS (
  SELECT s.source, s.query, max(s.asked_until) AS asked_until
  FROM stretches s
  LEFT JOIN rounds r ON r.lane = s.lane
  WHERE r.round_to IS NULL OR s.span_to >= r.round_to
  GROUP BY s.source, s.query
)
SELECT
  a.source,
  a.query,
  a.asked_from,
  greatest(a.asked_to, coalesce(s.asked_until, a.asked_to)) AS asked_to
FROM int_asked a
LEFT JOIN still s ON s.source = a.source AND s.query = a.query
