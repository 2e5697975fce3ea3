-- Every code and link as it is written, and what it is compared by.
-- grain: code
SELECT
  code,
  code_key(code) AS code_key
FROM (
  SELECT code FROM stg_codes
  UNION
  SELECT code FROM stg_orders WHERE code IS NOT NULL
)
WHERE trim(code) <> ''
