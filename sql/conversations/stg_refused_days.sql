-- Refused rows of what returns are told by, the costs and the panel, each with its day as far as that can be read: what is missing there.
-- grain: sheet, file, line
-- may shrink: files may be mended
SELECT 'costs' AS sheet, file, line, reason, spent_at AS day
FROM stg_judged_costs
WHERE fate = 'quarantined'
UNION ALL
SELECT 'panel' AS sheet, file, line, reason, day
FROM stg_judged_panel
WHERE fate = 'quarantined'
