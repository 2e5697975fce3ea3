-- The texts of four or more different words: shorter ones are alike by chance.
-- grain: message_number
-- check: words >= 4
SELECT
  message_number,
  bag,
  CAST(words_in(bag) AS INTEGER) AS words
FROM (SELECT message_number, bag_of_words(text) AS bag FROM int_own_words)
WHERE words_in(bag) >= 4
