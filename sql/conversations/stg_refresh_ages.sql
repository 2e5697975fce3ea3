-- The ages at which the counts of a message are read again, in seconds.
-- grain: seconds
-- check: seconds > 0
SELECT DISTINCT seconds
FROM raw_refresh_ages
