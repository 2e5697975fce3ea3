-- Every row of the influence shares with where it ends.
-- grain: file, line
-- check: fate IN ('staged', 'duplicate', 'quarantined')
-- check: (reason IS NOT NULL) = (fate = 'quarantined')
WITH looked_at AS (
  SELECT
    file,
    line,
    coalesce(
      refused,
      author_fault('influencer_id', influencer_id),
      author_fault('influenced_id', influenced_id),
      CASE WHEN influencer_id = influenced_id THEN 'influencer_id and influenced_id are both ' || shown(influencer_id) || ': nobody is owed a share of their own value' END,
      CASE WHEN coalesce(share, '') = '' THEN 'share is missing' WHEN number_of(share) BETWEEN 0 AND 1 THEN NULL ELSE 'share ' || shown(share) || ' is not a number from 0 to 1' END
    ) AS fault,
    CASE WHEN refused IS NULL THEN concat_ws(',', coalesce(influencer_id, ''), coalesce(influenced_id, ''), coalesce(share, '')) END AS row,
    influencer_id,
    influenced_id,
    number_of(share) AS share
  FROM raw_influence_shares
),
placed AS (
  SELECT
    l.*,
    row_number() OVER (
      PARTITION BY fault IS NULL, influencer_id, influenced_id
      ORDER BY file ASC NULLS LAST, line ASC NULLS LAST
    ) > 1 AS is_repeated
  FROM looked_at l
),
conflicts AS (
  SELECT
    influencer_id,
    influenced_id,
    min_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS first_place,
    max_by(file || ':' || CAST(line AS STRING), (file, line)) FILTER (WHERE line IS NOT NULL) AS last_place
  FROM looked_at
  WHERE fault IS NULL
  GROUP BY influencer_id, influenced_id
  HAVING count(DISTINCT share) > 1
),
judged AS (
  SELECT
    p.*,
    coalesce(
      p.fault,
      CASE WHEN c.first_place IS NOT NULL
        THEN 'the share of ' || shown(p.influencer_id) || ' in ' || shown(p.influenced_id) || ' stands twice with different figures, as in '
          || c.first_place || ' and ' || c.last_place
      END
    ) AS reason
  FROM placed p
  LEFT JOIN conflicts c ON c.influencer_id = p.influencer_id AND c.influenced_id = p.influenced_id AND p.fault IS NULL
)
SELECT
  file,
  line,
  CASE WHEN reason IS NOT NULL THEN 'quarantined' WHEN is_repeated THEN 'duplicate' ELSE 'staged' END AS fate,
  reason,
  row,
  influencer_id,
  influenced_id,
  share
FROM judged
