-- Whom each strategy asks.
-- grain: strategy_number
SELECT
  m.strategy_number,
  sorted_words(array_agg(p.author_id)) AS author_ids
FROM est_strategy_members m
JOIN stg_prospects p ON p.person_number = m.person_number
GROUP BY m.strategy_number
