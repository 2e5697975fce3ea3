-- Messages whose rows name different parents: the winning row's parent stands.
-- grain: source
SELECT
  source,
  count(DISTINCT message_id) AS messages
FROM (
  SELECT
    r.message_id,
    min(CASE WHEN r.place = 1 THEN r.source END) AS source
  FROM int_ranked r
  SEMI JOIN int_repeated d ON d.message_id = r.message_id
  GROUP BY r.message_id
  HAVING count(DISTINCT CASE WHEN r.kind <> 'post' THEN coalesce(r.via_id, r.parent_id, r.root_id) END) > 1
)
GROUP BY source
