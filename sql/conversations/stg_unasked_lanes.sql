-- Of what the campaign asks: servers and streams that were not asked anything about the interval, nor would have been, had they gone on.
-- grain: lane
SELECT l.lane, l.source
FROM stg_live_lanes l
CROSS JOIN params
ANTI JOIN (
  SELECT DISTINCT split_part(o.file, '/', 1) AS lane
  FROM int_outcomes o
  JOIN int_still_asked q ON q.source = o.source AND q.query = o.query
  CROSS JOIN params
  WHERE NOT o.is_follow AND o.kind <> 'counts' AND q.asked_from < params.interval_to AND q.asked_to > params.interval_from
) a ON a.lane = l.lane
WHERE l.asked_until > params.interval_from
