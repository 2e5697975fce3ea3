-- Where each row of each sheet has ended.
-- grain: sheet, file, line
SELECT 'identities' AS sheet, file, line, fate, reason, row FROM stg_judged_identities
UNION ALL
SELECT 'optouts' AS sheet, file, line, fate, reason, row FROM stg_judged_optouts
UNION ALL
SELECT 'rates' AS sheet, file, line, fate, reason, row FROM stg_judged_rates
UNION ALL
SELECT 'orders' AS sheet, file, line, fate, reason, row FROM stg_judged_orders
UNION ALL
SELECT 'customers' AS sheet, file, line, fate, reason, row FROM stg_judged_customers
UNION ALL
SELECT 'codes' AS sheet, file, line, fate, reason, row FROM stg_judged_codes
UNION ALL
SELECT 'costs' AS sheet, file, line, fate, reason, row FROM stg_judged_costs
UNION ALL
SELECT 'candidates' AS sheet, file, line, fate, reason, row FROM stg_judged_candidates
UNION ALL
SELECT 'panel' AS sheet, file, line, fate, reason, row FROM stg_judged_panel
UNION ALL
SELECT 'influence_shares' AS sheet, file, line, fate, reason, row FROM stg_judged_influence_shares
