-- Every row of the identities with where it ends: an account under two persons would chain them, so it stands for itself.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(refused, id_fault('person_id', person_id), author_fault('author_id', author_id)) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(person_id, ''), coalesce(author_id, '')) END AS row,
    person_id,
    author_id
  FROM raw_identities
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (PARTITION BY fault IS NULL, person_id, author_id ORDER BY file ASC NULLS LAST, line ASC NULLS LAST) > 1 AS is_repeated
  FROM looked_at l
),
chains AS (
  SELECT author_id, sorted_words(array_agg(shown(person_id))) AS persons
  FROM (SELECT DISTINCT author_id, person_id FROM looked_at WHERE fault IS NULL)
  GROUP BY author_id
  HAVING count(*) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.author_id IS NOT NULL
        THEN 'author_id ' || shown(p.author_id) || ' stands under several persons, which would make one of them: ' || substr(c.persons, 1, 200)
      END
    ) AS reason
  FROM placed p
  LEFT JOIN chains c ON c.author_id = p.author_id AND p.fault IS NULL
)
SELECT
  file,
  line,
  CASE WHEN reason IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  reason,
  row,
  person_id,
  author_id
FROM judged
