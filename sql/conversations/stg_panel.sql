-- Sales and cost of the campaign by unit and day.
-- grain: unit, day
-- check: cost >= 0
-- check: unit_group IN ('treated', 'control')
SELECT unit, day, sales, cost, unit_group
FROM stg_judged_panel
WHERE fate = 'staged'
