-- Two texts within ten seconds whose words are the same to four fifths at least (Jaccard), the earlier first.
-- grain: earlier_message, later_message
SELECT
  p.earlier_message,
  p.later_message
FROM (
  SELECT DISTINCT earlier_message, later_message, earlier_words, later_words
  FROM int_meetings
  WHERE kind_number = 3 AND 5 * earlier_words >= 4 * later_words AND 5 * later_words >= 4 * earlier_words
) p
JOIN int_texts e ON e.message_number = p.earlier_message
JOIN int_texts l ON l.message_number = p.later_message
WHERE e.bag = l.bag OR 9 * words_shared(e.bag, l.bag) >= 4 * (p.earlier_words + p.later_words)
