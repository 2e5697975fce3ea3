-- The sets of two or more hashtags that people shared, whatever their order.
-- grain: message_number
SELECT
  t.message_number,
  text_number(sorted_words(array_agg(t.hashtag))) AS object
FROM (
  SELECT DISTINCT m.message_number, u.hashtag
  FROM (SELECT message_number, text FROM int_own_words WHERE contains(text, '#')) m, LATERAL hashtags(m.text) AS u
) t
GROUP BY t.message_number
HAVING count(*) >= 2
