-- Whose code is used in which campaign of the shop, and when; both days included, NULL where open.
-- grain: code, promotion
-- check: valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to
SELECT
  j.code,
  coalesce(p.pseudonym, j.author_id) AS author_id,
  j.promotion,
  j.valid_from,
  j.valid_to
FROM stg_judged_codes j
LEFT JOIN est_sheet_pseudonyms p ON p.id = j.author_id
WHERE j.fate = 'staged'
