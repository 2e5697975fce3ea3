-- Which share of the value of one account's owner is owed to another's, as the campaign's file says.
-- grain: influencer_id, influenced_id
-- check: influencer_id <> influenced_id
-- check: share BETWEEN 0 AND 1
SELECT
  coalesce(a.pseudonym, j.influencer_id) AS influencer_id,
  coalesce(b.pseudonym, j.influenced_id) AS influenced_id,
  j.share
FROM stg_judged_influence_shares j
LEFT JOIN est_sheet_pseudonyms a ON a.id = j.influencer_id
LEFT JOIN est_sheet_pseudonyms b ON b.id = j.influenced_id
WHERE j.fate = 'staged'
