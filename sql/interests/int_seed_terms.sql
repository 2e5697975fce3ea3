-- How many terms each seed has in each language.
-- grain: seed_number, language
SELECT
  seed_number,
  language,
  CAST(count(*) AS INTEGER) AS terms
FROM est_seeds
GROUP BY seed_number, language
