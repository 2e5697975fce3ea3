-- Two shares by different people with one mark, at most ten seconds apart, the earlier first; texts are still to be compared.
-- grain: kind_number, mark, earlier_message, later_message
SELECT
  l.kind_number,
  l.mark,
  e.message_number AS earlier_message,
  l.message_number AS later_message,
  e.words AS earlier_words,
  l.words AS later_words
FROM (
  SELECT m.message_number, m.actor_number, m.kind_number, m.mark, m.words, m.created_micros, m.band
  FROM int_marks m
  JOIN int_bands b ON b.kind_number = m.kind_number AND b.mark = m.mark AND b.band = m.band
  CROSS JOIN int_crowd_limit c
  WHERE b.shares <= c.most_shares
) l
JOIN (
  SELECT message_number, actor_number, kind_number, mark, words, created_micros, band FROM int_marks
  UNION ALL
  SELECT message_number, actor_number, kind_number, mark, words, created_micros, band + 1 FROM int_marks
) e
  ON e.kind_number = l.kind_number AND e.mark = l.mark AND e.band = l.band
WHERE e.actor_number <> l.actor_number
  AND l.created_micros - e.created_micros <= 10000000
  AND (e.created_micros < l.created_micros OR (e.created_micros = l.created_micros AND e.message_number < l.message_number))
