-- What earns what, as the campaign file says.
-- grain: rule
-- check: earned_on IN ('order', 'mention')
SELECT rule, rule_number, kind, earned_on
FROM raw_incentive_rules
