-- The campaign's list of words that make an answer hostile, by language.
-- grain: language, word
SELECT DISTINCT language, lower(word) AS word
FROM raw_hostile_words
