-- Messages that were deleted, or whose account is away: their ids alone, and when that was seen.
-- grain: message_id
SELECT
  coalesce(p.pseudonym, r.message_id) AS message_id,
  CASE WHEN r.is_deleted THEN r.captured_at ELSE s.said_at END AS captured_at
FROM int_ranked r
LEFT JOIN int_account_states s ON s.account_id = r.author_id
LEFT JOIN est_pseudonyms p ON p.id = r.message_id
WHERE r.place = 1 AND (r.is_deleted OR r.is_hidden)
