-- How much each person cares for each topic of which they said a word.
-- grain: person_number, topic
SELECT
  i.person_number,
  t.topic,
  i.topic_tokens,
  CAST(i.tokens AS BIGINT) AS tokens,
  i.share,
  i.si,
  i.si_low,
  i.lift,
  i.z,
  i.is_interested
FROM est_interests i
JOIN (SELECT DISTINCT topic_number, topic FROM stg_topic_words) t ON t.topic_number = i.topic_number
