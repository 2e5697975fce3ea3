-- Every row of the opt-outs with where it ends: whoever is named is out, whatever is wrong with the rest of the row.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(refused, author_fault('author_id', trim(author_id))) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(author_id, ''), coalesce(since, ''), coalesce(reason, '')) END AS row,
    trim(author_id) AS author_id,
    day_of(trim(since)) AS since,
    nullif(reason, '') AS why
  FROM raw_optouts
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (
      PARTITION BY fault IS NULL, author_id
      ORDER BY since ASC NULLS LAST, why ASC NULLS LAST, file ASC NULLS LAST, line ASC NULLS LAST
    ) > 1 AS is_repeated
  FROM looked_at l
)
SELECT
  file,
  line,
  CASE WHEN fault IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  fault AS reason,
  row,
  author_id,
  since,
  why
FROM placed
