-- The same cut at the hours.
-- grain: source, query, hour, from_micros
SELECT
  source,
  query,
  hour,
  greatest(micros(covered_from), micros(hour)) AS from_micros,
  least(micros(covered_to), micros(hour) + 3600000000) AS to_micros
FROM (SELECT source, query, covered_from, covered_to, explode(hours_of(covered_from, covered_to)) AS hour FROM int_covered)
