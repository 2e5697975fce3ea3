-- What the campaign has cost, in its own currency too; costs of no one person have no author.
-- grain: cost_number
-- check: amount >= 0 AND value >= 0
-- check: kind IN ('fee', 'incentive', 'product', 'tooling')
SELECT
  CAST(row_number() OVER (
    ORDER BY
      j.spent_at ASC NULLS FIRST,
      j.kind ASC NULLS FIRST,
      j.author_id ASC NULLS FIRST,
      j.currency ASC NULLS FIRST,
      j.amount ASC NULLS FIRST
  ) - 1 AS INTEGER) AS cost_number,
  coalesce(p.pseudonym, j.author_id) AS author_id,
  j.kind,
  j.amount,
  j.currency,
  j.value,
  j.spent_at
FROM stg_judged_costs j
LEFT JOIN est_sheet_pseudonyms p ON p.id = j.author_id
WHERE j.fate = 'staged'
