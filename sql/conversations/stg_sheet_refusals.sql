-- Every row of the campaign's own files that cannot be used, with the reason in the words of its owner.
-- grain: sheet, file, line
-- check: length(reason) > 0
SELECT sheet, file, line, reason, row
FROM int_sheet_fates
WHERE fate = 'quarantined'
