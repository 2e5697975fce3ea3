-- The languages of the talk, numbered from 0.
-- grain: language_number
SELECT
  language,
  CAST(row_number() OVER (ORDER BY language ASC NULLS LAST) - 1 AS INTEGER) AS language_number
FROM (SELECT DISTINCT language FROM stg_worded_messages)
