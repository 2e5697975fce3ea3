-- Which words speak of a topic, and which of another meaning of its seeds?
-- grain: topic, word, language
-- may shrink: words are learned anew every night
-- check: abs(weight) <= 1
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: topic – the topic
-- column: word – the word as it is written most often, in lower case; it stands for all words of its stem
-- column: weight – 1 for a seed, up to 1 for a learned word; below 0 the word speaks of another meaning of a seed
-- column: language – language of the word; NULL for messages that name none
-- column: is_seed – whether the campaign names it, as a seed, a part of one, or a word to exclude
-- column: messages – messages about the topic that hold it, among those that taught
-- column: people – people who wrote these
SELECT
  params.campaign,
  params.as_of,
  n.topic,
  t.word,
  CASE WHEN l.other_weight > 0 THEN -l.other_weight ELSE l.weight END AS weight,
  nullif(t.language, '') AS language,
  l.is_seed,
  CAST(l.messages AS BIGINT) AS messages,
  CAST(l.people AS BIGINT) AS people
FROM est_lexicon l
JOIN est_terms t ON t.term_number = l.term_number
JOIN (SELECT DISTINCT w.topic_number, w.topic FROM stg_topic_words w) n ON n.topic_number = l.topic_number
CROSS JOIN params
