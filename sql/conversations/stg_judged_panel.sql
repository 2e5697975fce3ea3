-- Every row of the panel with where it ends.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(
      refused,
      id_fault('unit', unit),
      day_fault('date', date),
      signed_amount_fault('sales', sales),
      amount_fault('cost', cost),
      CASE WHEN coalesce("group", '') = '' THEN 'group is missing' WHEN "group" IN ('treated', 'control') THEN NULL ELSE 'group ' || shown("group") || ' is neither treated nor control' END
    ) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(unit, ''), coalesce(date, ''), coalesce(sales, ''), coalesce(cost, ''), coalesce("group", '')) END AS row,
    unit,
    day_of(date) AS day,
    signed_amount_of(sales) AS sales,
    amount_of(cost) AS cost,
    "group" AS unit_group
  FROM raw_panel
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (PARTITION BY fault IS NULL, unit, day ORDER BY file ASC NULLS LAST, line ASC NULLS LAST) > 1 AS is_repeated
  FROM looked_at l
),
conflicts AS (
  SELECT
    unit,
    day,
    min_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS first_place,
    max_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS last_place
  FROM looked_at
  WHERE fault IS NULL
  GROUP BY unit, day
  HAVING count(DISTINCT (sales, cost, unit_group)) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.first_place IS NOT NULL
        THEN 'unit ' || shown(p.unit) || ' stands twice on the same day with different figures, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.unit = p.unit AND c.day = p.day AND p.fault IS NULL
)
SELECT
  file,
  line,
  CASE WHEN reason IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  reason,
  row,
  unit,
  day,
  sales,
  cost,
  unit_group
FROM judged
