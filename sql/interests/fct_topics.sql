-- How many care? The market of each topic; everybody counts but the brand.
-- grain: topic
-- may shrink: there are as many rows as the campaign file names topics
-- check: talkers <= people
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: topic – the topic, as the campaign names it
-- column: talkers – people with at least one message about it
-- column: messages – their messages about it: a seed word in the topic's sense, or as much of its other words
-- column: people – people who said any word
-- column: share_of_people – talkers of people
-- column: interested – people who care for it more than the population, as in fct_interests; NULL where prior_mean is
-- column: population_share – weight of the topic's words among all words of all people
-- column: prior_mean – m of the fitted beta-binomial: the share a person is drawn to; NULL where nobody speaks of it, or nobody of anything else
-- column: prior_strength – κ: how many words of a person weigh as much as the population's share
-- column: dispersion – how much more messages differ in it than if every word were drawn by itself: so many words are one witness
-- column: seed_messages_of_another_sense – messages with a seed word that speak of something else
-- column: learned_words – words that were learned from the seeds
-- column: unseen_words – seed words that nobody wrote, sorted, joined by a space
WITH topic_names AS (
  SELECT DISTINCT w.topic_number, w.topic FROM stg_topic_words w
),
talk AS (
  SELECT
    topic_number,
    count(*) FILTER (WHERE messages > 0) AS talkers,
    sum(messages) AS messages
  FROM stg_person_topics
  GROUP BY topic_number
),
astray AS (
  SELECT s.topic_number, count(*) AS messages
  FROM int_seed_messages s
  LEFT JOIN stg_topic_messages t ON t.message_number = s.message_number AND t.topic_number = s.topic_number
  WHERE t.message_number IS NULL
  GROUP BY s.topic_number
),
learned AS (
  SELECT topic_number, count(*) AS words
  FROM est_lexicon
  WHERE weight > 0 AND NOT is_seed
  GROUP BY topic_number
),
unseen AS (
  SELECT topic_number, sorted_words(array_agg(word)) AS words
  FROM stg_topic_words w
  WHERE NOT is_excluded AND NOT EXISTS (SELECT 1 FROM int_seed_hits h WHERE h.seed_number = w.seed_number)
  GROUP BY topic_number
)
SELECT
  params.campaign,
  params.as_of,
  n.topic,
  CAST(coalesce(t.talkers, 0) AS BIGINT) AS talkers,
  CAST(coalesce(t.messages, 0) AS BIGINT) AS messages,
  CAST(e.people AS BIGINT) AS people,
  CAST(coalesce(t.talkers, 0) AS DOUBLE) / nullif(e.people, 0) AS share_of_people,
  CAST(e.interested AS BIGINT) AS interested,
  e.population_share,
  e.prior_mean,
  e.prior_strength,
  d.dispersion,
  CAST(coalesce(a.messages, 0) AS BIGINT) AS seed_messages_of_another_sense,
  CAST(coalesce(l.words, 0) AS BIGINT) AS learned_words,
  u.words AS unseen_words
FROM topic_names n
JOIN est_topics e ON e.topic_number = n.topic_number
LEFT JOIN stg_topic_dispersion d ON d.topic_number = n.topic_number
LEFT JOIN talk t ON t.topic_number = n.topic_number
LEFT JOIN astray a ON a.topic_number = n.topic_number
LEFT JOIN learned l ON l.topic_number = n.topic_number
LEFT JOIN unseen u ON u.topic_number = n.topic_number
CROSS JOIN params
