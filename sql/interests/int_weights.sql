-- What each term says of each topic, in millionths.
-- grain: topic_number, term_number
SELECT
  topic_number,
  term_number,
  is_seed,
  CAST(round(weight * 1000000) AS BIGINT) AS weight_micros,
  CAST(round(other_weight * 1000000) AS BIGINT) AS other_micros
FROM est_lexicon
WHERE weight > 0 OR other_weight > 0
