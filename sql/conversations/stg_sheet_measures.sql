-- What the reader of a sheet found odd without refusing a row for it, by sheet.
-- grain: sheet, measure
-- check: value >= 0
SELECT
  sheet,
  measure,
  CAST(sum(value) AS BIGINT) AS value
FROM raw_sheet_findings
GROUP BY sheet, measure
