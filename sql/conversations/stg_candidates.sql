-- Whom the campaign could ask: what each would cost, in the currency of the budget, and how likely a yes is.
-- grain: author_id
-- check: cost >= 0
-- check: acceptance BETWEEN 0 AND 1
SELECT
  coalesce(p.pseudonym, j.author_id) AS author_id,
  j.cost,
  j.acceptance
FROM stg_judged_candidates j
LEFT JOIN est_sheet_pseudonyms p ON p.id = j.author_id
WHERE j.fate = 'staged'
