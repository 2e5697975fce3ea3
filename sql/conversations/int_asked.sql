-- The questions that are asked again and again, and the stretch from the first time to the last; what lies within it and was not covered is missed.
-- grain: source, query
-- check: asked_from < asked_to
SELECT
  source,
  query,
  min(platform) AS platform,
  min(kind) AS kind,
  min(span_from) AS asked_from,
  max(span_to) AS asked_to
FROM int_outcomes
WHERE NOT is_follow AND kind <> 'counts' AND span_from < span_to
GROUP BY source, query
