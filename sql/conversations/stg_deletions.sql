-- Messages that were deleted: their ids alone, and when that was seen.
-- grain: message_id
SELECT
  coalesce(p.pseudonym, r.message_id) AS message_id,
  r.captured_at
FROM int_ranked r
LEFT JOIN est_pseudonyms p ON p.id = r.message_id
WHERE r.place = 1 AND r.is_deleted
