-- By what two shares are found to be of the same object: the object itself; for a text each of its first words, of which two texts with four fifths of their words in common share at least one. Bands of ten seconds.
-- grain: message_number, kind_number, mark
SELECT
  message_number,
  actor_number,
  kind_number,
  object AS mark,
  0 AS words,
  created_micros,
  idiv(created_micros, 10000000) AS band
FROM int_shares
WHERE kind_number <> 3
UNION ALL
SELECT
  message_number,
  actor_number,
  kind_number,
  text_number(word) AS mark,
  words,
  created_micros,
  idiv(created_micros, 10000000) AS band
FROM (
  SELECT
    h.message_number,
    h.actor_number,
    h.kind_number,
    h.created_micros,
    t.words,
    explode(first_words(t.bag, idiv(t.words, 5) + 1)) AS word
  FROM int_shares h
  JOIN int_texts t ON t.message_number = h.message_number
  WHERE h.kind_number = 3
)
