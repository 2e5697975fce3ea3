-- Which messages hold which seed: all of its words in one language, in any order.
-- grain: message_number, seed_number
SELECT
  w.message_number,
  s.topic_number,
  s.seed_number,
  s.witness_number,
  s.language,
  s.is_excluded,
  n.terms
FROM stg_words w
JOIN est_seeds s ON s.term_number = w.term_number
JOIN int_seed_terms n ON n.seed_number = s.seed_number AND n.language = s.language
GROUP BY w.message_number, s.topic_number, s.seed_number, s.witness_number, s.language, s.is_excluded, n.terms
HAVING count(*) = n.terms
