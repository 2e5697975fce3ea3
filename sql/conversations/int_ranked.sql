-- Rows of one message, best first: a deletion ends all, what was seen directly beats what came along, the newest capture wins.
-- The rest of the order is the content itself, so that the order of reading decides nothing.
-- grain: source, file, line, item
-- check: place >= 1
SELECT
  r.*,
  CAST(1 AS INTEGER) AS place
FROM int_rows r
ANTI JOIN int_repeated d ON d.message_id = r.message_id
UNION ALL
SELECT
  r.*,
  CAST(row_number() OVER (
    PARTITION BY r.message_id
    ORDER BY
      r.is_deleted DESC NULLS LAST,
      r.is_included ASC NULLS LAST,
      r.captured_at DESC NULLS LAST,
      r.views DESC NULLS LAST,
      r.likes DESC NULLS LAST,
      r.reshares DESC NULLS LAST,
      r.quotes DESC NULLS LAST,
      r.replies DESC NULLS LAST,
      r.followers DESC NULLS LAST,
      r.created_at ASC NULLS LAST,
      r.author_id ASC NULLS LAST,
      r.kind ASC NULLS LAST,
      r.parent_id ASC NULLS LAST,
      r.root_id ASC NULLS LAST,
      r.reply_to_id ASC NULLS LAST,
      r.via_id ASC NULLS LAST,
      r.sentiment ASC NULLS LAST,
      r.language ASC NULLS LAST,
      r.text ASC NULLS LAST,
      r.source ASC NULLS LAST,
      r.file ASC NULLS LAST,
      r.line ASC NULLS LAST,
      r.item ASC NULLS LAST
  ) AS INTEGER) AS place
FROM int_rows r
SEMI JOIN int_repeated d ON d.message_id = r.message_id
