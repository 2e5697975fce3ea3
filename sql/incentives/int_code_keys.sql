-- Every code and link as it is written, and what it is compared by.
-- A code without regard to case; a link without scheme, www, fragment and the slash at its end, its host without regard to case.
-- grain: code
SELECT
  code,
  CASE
    WHEN contains(code, '/') THEN lower(regexp_extract(trim(code), '^([A-Za-z][A-Za-z0-9+.-]*://)?([wW][wW][wW][.])?([^/?#]*)', 3))
      || regexp_extract(trim(code), '^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*([^#]*?)/*(#.*)?$', 2)
    ELSE lower(trim(code))
  END AS code_key
FROM (
  SELECT code FROM stg_codes
  UNION
  SELECT code FROM stg_orders WHERE code IS NOT NULL
)
WHERE trim(code) <> ''
