-- Which accounts are one person, in the order in which the person's accounts are listed.
-- grain: author_id
-- check: place >= 0
SELECT
  coalesce(p.pseudonym, j.author_id) AS author_id,
  j.person_id AS person_key,
  CAST(row_number() OVER (PARTITION BY j.person_id ORDER BY j.file ASC NULLS LAST, j.line ASC NULLS LAST) - 1 AS INTEGER) AS place
FROM stg_judged_identities j
LEFT JOIN est_sheet_pseudonyms p ON p.id = j.author_id
WHERE j.fate = 'staged'
