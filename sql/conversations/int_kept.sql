-- One row a message: what is staged, under the ids that leave the house, without the deleted and those of accounts that are away.
-- grain: message_id
SELECT
  r.source,
  r.platform,
  coalesce(pm.pseudonym, r.message_id) AS message_id,
  coalesce(pa.pseudonym, r.author_id) AS author_id,
  r.created_at,
  r.kind,
  CASE WHEN r.kind <> 'post' THEN coalesce(pp.pseudonym, r.parent_id) END AS parent_id,
  CASE WHEN r.kind <> 'post' THEN coalesce(po.pseudonym, r.root_id) END AS root_id,
  CASE WHEN r.kind <> 'post' THEN coalesce(pr.pseudonym, r.reply_to_id) END AS reply_to_id,
  CASE WHEN r.kind IN ('reshare', 'quote') THEN coalesce(pv.pseudonym, r.via_id) END AS via_id,
  r.text,
  r.language,
  r.sentiment,
  r.followers,
  r.captured_at,
  r.likes,
  r.views,
  r.is_included
FROM int_ranked r
LEFT JOIN est_pseudonyms pm ON pm.id = r.message_id
LEFT JOIN est_pseudonyms pa ON pa.id = r.author_id
LEFT JOIN est_pseudonyms pp ON pp.id = r.parent_id
LEFT JOIN est_pseudonyms po ON po.id = r.root_id
LEFT JOIN est_pseudonyms pr ON pr.id = r.reply_to_id
LEFT JOIN est_pseudonyms pv ON pv.id = r.via_id
WHERE r.place = 1 AND NOT r.is_deleted AND NOT r.is_hidden
