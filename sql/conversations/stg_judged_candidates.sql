-- Every row of the candidates with where it ends.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(
      refused,
      author_fault('author_id', author_id),
      amount_fault('cost', cost),
      CASE WHEN coalesce(acceptance, '') = '' THEN 'acceptance is missing' WHEN number_of(acceptance) BETWEEN 0 AND 1 THEN NULL ELSE 'acceptance ' || shown(acceptance) || ' is not a number from 0 to 1' END
    ) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(author_id, ''), coalesce(cost, ''), coalesce(acceptance, '')) END AS row,
    author_id,
    amount_of(cost) AS cost,
    number_of(acceptance) AS acceptance
  FROM raw_candidates
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (PARTITION BY fault IS NULL, author_id ORDER BY file ASC NULLS LAST, line ASC NULLS LAST) > 1 AS is_repeated
  FROM looked_at l
),
conflicts AS (
  SELECT
    author_id,
    min_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS first_place,
    max_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS last_place
  FROM looked_at
  WHERE fault IS NULL
  GROUP BY author_id
  HAVING count(DISTINCT (cost, acceptance)) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.first_place IS NOT NULL
        THEN 'candidate ' || shown(p.author_id) || ' stands twice with different cost or acceptance, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.author_id = p.author_id AND p.fault IS NULL
)
SELECT
  file,
  line,
  CASE WHEN reason IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  reason,
  row,
  author_id,
  cost,
  acceptance
FROM judged
