-- What one unit of another currency is worth in the campaign's, by the day from which it holds.
-- grain: currency, day
-- check: rate > 0
SELECT day, currency, rate
FROM stg_judged_rates
WHERE fate = 'staged'
