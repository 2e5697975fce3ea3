-- The name under which a question leaves the house: an account that is followed by its pseudonym, where the campaign pseudonymises.
-- grain: source, query
WITH questions AS (
  SELECT DISTINCT b.source, b.query, f.live_platform
  FROM (
    SELECT source, query FROM stg_books
    UNION SELECT source, query FROM int_outcomes
    UNION SELECT source, query FROM int_expected
  ) b
  JOIN (SELECT source, max(live_platform) AS live_platform FROM stg_files GROUP BY source) f ON f.source = b.source
),
named AS (
  SELECT
    source,
    query,
    CASE WHEN live_platform IS NOT NULL AND query LIKE 'account %' THEN split_part(substr(query, 9), ' at ', 1) END AS account,
    live_platform
  FROM questions
)
SELECT
  n.source,
  n.query,
  CASE WHEN p.pseudonym IS NULL THEN n.query ELSE replace(n.query, n.account, p.pseudonym) END AS shown
FROM named n
LEFT JOIN est_pseudonyms p ON p.id = under_platform(n.live_platform, n.account)
