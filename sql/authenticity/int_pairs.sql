-- Those who coincide at least twice: pairs of messages, and the different objects and messages in them.
-- grain: author_a, author_b
-- check: author_a < author_b
-- check: pairs >= 2
SELECT
  w.author_a,
  w.author_b,
  w.pairs,
  o.shared_objects,
  a.messages_a,
  b.messages_b,
  o.by_hashtags,
  o.by_link,
  o.by_repost,
  o.by_text
FROM int_edges w
JOIN (
  SELECT
    author_a,
    author_b,
    CAST(count(*) AS INTEGER) AS shared_objects,
    max(CASE WHEN kind_number = 2 THEN 1 ELSE 0 END) AS by_hashtags,
    max(CASE WHEN kind_number = 1 THEN 1 ELSE 0 END) AS by_link,
    max(CASE WHEN kind_number > 3 THEN 1 ELSE 0 END) AS by_repost,
    max(CASE WHEN kind_number = 3 THEN 1 ELSE 0 END) AS by_text
  FROM (SELECT DISTINCT author_a, author_b, kind_number, object FROM int_recurrences)
  GROUP BY author_a, author_b
) o ON o.author_a = w.author_a AND o.author_b = w.author_b
JOIN (
  SELECT author_a, author_b, CAST(count(*) AS INTEGER) AS messages_a
  FROM (SELECT DISTINCT author_a, author_b, message_a FROM int_recurrences)
  GROUP BY author_a, author_b
) a ON a.author_a = w.author_a AND a.author_b = w.author_b
JOIN (
  SELECT author_a, author_b, CAST(count(*) AS INTEGER) AS messages_b
  FROM (SELECT DISTINCT author_a, author_b, message_b FROM int_recurrences)
  GROUP BY author_a, author_b
) b ON b.author_a = w.author_a AND b.author_b = w.author_b
