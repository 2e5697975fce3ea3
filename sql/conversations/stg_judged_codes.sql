-- Every row of the codes with where it ends: a code of a campaign belongs to one author, for one time.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(
      refused,
      text_fault('code', code),
      author_fault('author_id', author_id),
      text_fault('campaign', campaign),
      CASE WHEN coalesce(valid_from, '') <> '' THEN day_fault('valid_from', valid_from) END,
      CASE WHEN coalesce(valid_to, '') <> '' THEN day_fault('valid_to', valid_to) END,
      CASE WHEN day_of(valid_to) < day_of(valid_from) THEN 'valid_to ' || shown(valid_to) || ' is before valid_from ' || shown(valid_from) END
    ) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(code, ''), coalesce(author_id, ''), coalesce(campaign, ''), coalesce(valid_from, ''), coalesce(valid_to, '')) END AS row,
    code,
    author_id,
    campaign AS promotion,
    day_of(valid_from) AS valid_from,
    day_of(valid_to) AS valid_to
  FROM raw_codes
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (PARTITION BY fault IS NULL, code, promotion ORDER BY file ASC NULLS LAST, line ASC NULLS LAST) > 1 AS is_repeated
  FROM looked_at l
),
conflicts AS (
  SELECT
    code,
    promotion,
    min_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS first_place,
    max_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS last_place
  FROM looked_at
  WHERE fault IS NULL
  GROUP BY code, promotion
  HAVING count(DISTINCT (author_id, valid_from, valid_to)) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.first_place IS NOT NULL
        THEN 'code ' || shown(p.code) || ' of ' || shown(p.promotion) || ' stands twice with another author or time, as in ' || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.code = p.code AND c.promotion = p.promotion AND p.fault IS NULL
)
SELECT
  file,
  line,
  CASE WHEN reason IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  reason,
  row,
  code,
  author_id,
  promotion,
  valid_from,
  valid_to
FROM judged
