-- How many shares may lie in a band and the one before until it counts as a crowd, which is not looked into: 500, or less, so that at most fifty million pairs are compared.
-- grain: most_shares
SELECT coalesce(max(shares), 0) AS most_shares
FROM (
  SELECT shares, sum(pairs) OVER (ORDER BY shares ASC NULLS LAST) AS pairs
  FROM (SELECT shares, sum(own * shares) AS pairs FROM int_bands GROUP BY shares)
)
WHERE pairs <= 50000000 AND shares <= 500
