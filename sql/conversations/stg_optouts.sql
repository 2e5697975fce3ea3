-- Accounts whose owner wants neither to be listed nor to be asked.
-- grain: author_id
SELECT
  coalesce(p.pseudonym, j.author_id) AS author_id,
  j.since,
  j.why AS reason
FROM stg_judged_optouts j
LEFT JOIN est_sheet_pseudonyms p ON p.id = j.author_id
WHERE j.fate = 'staged'
