-- Rows that a network gave of messages that were deleted since: by source and query the newest of each is the one that is gone.
-- grain: source, file, line, item
SELECT
  r.source,
  r.query,
  r.file,
  r.line,
  r.item,
  r.message_id,
  r.created_at,
  row_number() OVER (
    PARTITION BY r.message_id, r.source, r.query
    ORDER BY r.place ASC NULLS LAST, r.file ASC NULLS LAST, r.line ASC NULLS LAST, r.item ASC NULLS LAST
  ) = 1 AND NOT r.is_included AS is_gone
FROM int_ranked r
SEMI JOIN (SELECT message_id FROM int_ranked WHERE place = 1 AND is_deleted) d ON d.message_id = r.message_id
WHERE r.is_live AND NOT r.is_deleted
