-- The links that people shared, each by where it leads.
-- grain: message_number, object
SELECT DISTINCT
  l.message_number,
  text_number(l.target) AS object
FROM (
  SELECT m.message_number, link_target(u.link) AS target
  FROM (SELECT message_number, text FROM int_own_words WHERE contains(text, '://')) m, LATERAL links(m.text) AS u
) l
WHERE l.target <> ''
