-- Which share of each person's value is owed to whom: as the file of influence shares says of who stands there, else the influence that the talk shows, coordination left out.
-- Over a person's accounts the influence on each counts by its part of their messages; ties within one person are none.
-- grain: influencer_number, influenced_number
-- check: influencer_number <> influenced_number
-- check: share > 0 AND share <= 1
WITH spoken AS (
  SELECT m.author_number, count(*) AS messages
  FROM stg_messages m
  CROSS JOIN params
  WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
  GROUP BY m.author_number
),
voices AS (
  SELECT
    a.author_number,
    p.person_number,
    CAST(s.messages AS DOUBLE) / nullif(CAST(sum(s.messages) OVER (PARTITION BY p.person_number) AS DOUBLE), 0) AS part
  FROM int_value_accounts a
  JOIN int_valued_people p ON p.person_key = a.person_key
  JOIN spoken s ON s.author_number = a.author_number
),
listed AS (
  SELECT
    a.person_number AS influencer_number,
    b.person_number AS influenced_number,
    s.share
  FROM stg_influence_shares s
  JOIN int_value_accounts x ON x.author_id = s.influencer_id
  JOIN int_value_accounts y ON y.author_id = s.influenced_id
  JOIN int_valued_people a ON a.person_key = x.person_key
  JOIN int_valued_people b ON b.person_key = y.person_key
),
owed AS (
  SELECT influencer_number, influenced_number, share
  FROM listed
  UNION ALL
  SELECT
    a.person_number AS influencer_number,
    b.person_number AS influenced_number,
    b.part * t.weight_without_coordination AS share
  FROM stg_ties t
  JOIN voices a ON a.author_number = t.influencer_number
  JOIN voices b ON b.author_number = t.influenced_number
  ANTI JOIN listed l ON l.influenced_number = b.person_number
  WHERE t.weight_without_coordination > 0
),
summed AS (
  SELECT
    influencer_number,
    influenced_number,
    -- A condition that the two differ, told as such, makes engines compare all people with all.
    CAST(sum(CASE WHEN influencer_number = influenced_number THEN 0 ELSE CAST(floor(share * 1000000000000 + 0.5) AS BIGINT) END) AS BIGINT) AS share_units
  FROM owed
  GROUP BY influencer_number, influenced_number
)
SELECT
  influencer_number,
  influenced_number,
  CAST(share_units AS DOUBLE) / 1000000000000 AS share
FROM summed
WHERE share_units > 0
