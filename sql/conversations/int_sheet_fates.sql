-- Where each row of each sheet has ended.
-- grain: sheet, file, line
SELECT 'identities' AS sheet, file, line, fate, reason, row FROM stg_judged_identities
UNION ALL
SELECT 'optouts' AS sheet, file, line, fate, reason, row FROM stg_judged_optouts
