-- Everybody who could be asked for a known price, with what the choice among them needs.
-- grain: person_number
-- check: forwards_before >= 0 OR forwards_before IS NULL
SELECT
  p.person_number,
  p.author_id,
  p.platform,
  p.persona_id,
  p.is_excluded,
  p.cie_beyond_self,
  CAST(p.followers AS DOUBLE) AS followers,
  CAST(p.cost AS DOUBLE) AS cost,
  p.acceptance,
  -- NULL where the window has no day before the flight
  CASE WHEN d.days > 0 THEN coalesce(CAST(f.forwards AS DOUBLE), 0) * 28 / nullif(d.days, 0) END AS forwards_before
FROM stg_prospects p
CROSS JOIN (
  SELECT seconds_between(
    params.window_from,
    least(coalesce(CAST(params.flight_from AS TIMESTAMP), params.interval_to), params.interval_to)
  ) / 86400 AS days
  FROM params
) d
LEFT JOIN int_forwards_before f ON f.person_number = p.person_number
CROSS JOIN params
WHERE p.person_number IS NOT NULL AND p.cost IS NOT NULL AND p.acceptance IS NOT NULL
  AND params.budget IS NOT NULL
