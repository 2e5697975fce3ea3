-- The same object shared by two people within ten seconds. That of a text is the first message near-equal to it in those seconds, so that a burst is one object. No day where midnight lies between.
-- grain: kind_number, object, message_a, message_b
-- check: author_a < author_b
SELECT
  c.kind_number,
  c.object,
  CASE WHEN e.author_number < l.author_number THEN e.author_number ELSE l.author_number END AS author_a,
  CASE WHEN e.author_number < l.author_number THEN l.author_number ELSE e.author_number END AS author_b,
  CASE WHEN e.author_number < l.author_number THEN c.earlier_message ELSE c.later_message END AS message_a,
  CASE WHEN e.author_number < l.author_number THEN c.later_message ELSE c.earlier_message END AS message_b,
  CASE WHEN CAST(e.created_at AS DATE) = CAST(l.created_at AS DATE)
    THEN CAST(idiv(micros(e.created_at), 86400000000) AS INTEGER)
  END AS day_number
FROM (
  SELECT kind_number, mark AS object, earlier_message, later_message FROM int_meetings WHERE kind_number <> 3
  UNION ALL
  SELECT 3, CAST(coalesce(h.first_message, n.earlier_message) AS BIGINT), n.earlier_message, n.later_message
  FROM int_near_texts n
  LEFT JOIN (
    SELECT t.later_message, min_by(t.earlier_message, (m.created_at, t.earlier_message)) FILTER (WHERE m.created_at IS NOT NULL) AS first_message
    FROM int_near_texts t
    JOIN stg_messages m ON m.message_number = t.earlier_message
    GROUP BY t.later_message
  ) h ON h.later_message = n.earlier_message
) c
JOIN stg_messages e ON e.message_number = c.earlier_message
JOIN stg_messages l ON l.message_number = c.later_message
