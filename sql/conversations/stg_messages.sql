-- One row a message that was read and not deleted, with what it names resolved to numbers.
-- grain: message_number
-- check: kind IN ('post', 'reshare', 'quote', 'reply', 'comment')
-- check: author_id IS NOT NULL
-- check: created_at IS NOT NULL
SELECT
  n.message_number,
  a.author_number,
  k.source,
  k.platform,
  k.message_id,
  k.author_id,
  k.created_at,
  k.kind,
  k.parent_id,
  k.root_id,
  k.reply_to_id,
  k.via_id,
  r.parent_number,
  coalesce(r.root_number, CASE WHEN k.root_id = k.parent_id THEN r.parent_number END) AS root_number,
  r.reply_number,
  r.via_number,
  k.text,
  k.language,
  k.sentiment,
  k.followers,
  k.captured_at,
  k.likes,
  k.views,
  k.is_included
FROM int_kept k
JOIN int_message_numbers n ON n.message_id = k.message_id
JOIN int_author_numbers a ON a.author_id = k.author_id
LEFT JOIN int_resolved r ON r.message_number = n.message_number
