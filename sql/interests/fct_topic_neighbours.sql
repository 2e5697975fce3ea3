-- What else do those care for who care for a topic? Pairs of topics, both ways.
-- grain: topic, neighbour
-- may shrink: there are as many pairs as the campaign file names topics
-- check: topic <> neighbour
-- check: people <= interested
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: topic – the topic
-- column: neighbour – another topic
-- column: people – people who care for both
-- column: interested – people who care for the topic
-- column: share – people of interested
-- column: share_of_everyone – share of all people who care for the neighbour
-- column: lift – share by share_of_everyone: above 1, the two go together
WITH cares AS (
  SELECT i.person_number, i.topic FROM stg_interests i WHERE i.is_interested
),
sizes AS (
  SELECT n.topic, e.people, coalesce(c.interested, 0) AS interested
  FROM (SELECT DISTINCT w.topic_number, w.topic FROM stg_topic_words w) n
  JOIN est_topics e ON e.topic_number = n.topic_number
  LEFT JOIN (SELECT a.topic, count(*) AS interested FROM cares a GROUP BY a.topic) c ON c.topic = n.topic
),
both_topics AS (
  SELECT a.topic, b.topic AS neighbour, count(*) AS people
  FROM cares a
  JOIN cares b ON b.person_number = a.person_number AND b.topic <> a.topic
  GROUP BY a.topic, b.topic
)
SELECT
  params.campaign,
  params.as_of,
  a.topic,
  b.topic AS neighbour,
  CAST(coalesce(p.people, 0) AS BIGINT) AS people,
  CAST(a.interested AS BIGINT) AS interested,
  CAST(coalesce(p.people, 0) AS DOUBLE) / nullif(a.interested, 0) AS share,
  CAST(b.interested AS DOUBLE) / nullif(b.people, 0) AS share_of_everyone,
  (CAST(coalesce(p.people, 0) AS DOUBLE) / nullif(a.interested, 0))
    / nullif(CAST(b.interested AS DOUBLE) / nullif(b.people, 0), 0) AS lift
FROM sizes a
JOIN sizes b ON b.topic <> a.topic
LEFT JOIN both_topics p ON p.topic = a.topic AND p.neighbour = b.topic
CROSS JOIN params
