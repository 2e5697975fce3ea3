-- Every row of the rates with where it ends.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    r.file,
    r.line,
    coalesce(
      r.refused,
      day_fault('date', r.date),
      currency_fault('currency', r.currency),
      CASE WHEN coalesce(r.rate, '') = '' THEN 'rate is missing' WHEN coalesce(number_of(r.rate), 0) <= 0 THEN 'rate ' || shown(r.rate) || ' is not a number above 0' END,
      CASE WHEN r.currency = params.currency AND number_of(r.rate) <> 1 THEN 'rate ' || shown(r.rate) || ' is said of ' || r.currency || ', the currency of the campaign itself' END
    ) AS fault,
    CASE WHEN r.refused IS NULL THEN concat_ws(',', coalesce(r.date, ''), coalesce(r.currency, ''), coalesce(r.rate, '')) END AS row,
    r.currency,
    day_of(r.date) AS day,
    number_of(r.rate) AS rate
  FROM raw_rates r
  CROSS JOIN params
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (PARTITION BY l.fault IS NULL, l.currency, l.day ORDER BY l.file ASC NULLS LAST, l.line ASC NULLS LAST) > 1 AS is_repeated
  FROM looked_at l
),
conflicts AS (
  SELECT
    l.currency,
    l.day,
    min_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS first_place,
    max_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS last_place
  FROM looked_at l
  WHERE l.fault IS NULL
  GROUP BY l.currency, l.day
  HAVING count(DISTINCT rate) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.first_place IS NOT NULL
        THEN 'a second rate of ' || p.currency || ' stands for the same day, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.currency = p.currency AND c.day = p.day AND p.fault IS NULL
)
SELECT
  j.file,
  j.line,
  CASE WHEN j.reason IS NOT NULL THEN 'quarantined' WHEN j.is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  j.reason,
  j.row,
  j.currency,
  j.day,
  j.rate
FROM judged j
