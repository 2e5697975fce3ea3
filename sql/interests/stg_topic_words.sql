-- The words that the campaign begins its topics with, and those that speak of another meaning.
-- grain: seed_number
-- check: topic_number >= 0
SELECT
  CAST(row_number() OVER (
    ORDER BY topic_number ASC NULLS LAST, is_excluded ASC NULLS LAST, word ASC NULLS LAST
  ) AS INTEGER) AS seed_number,
  topic,
  topic_number,
  word,
  is_excluded
FROM raw_topic_words
