-- Each author's messages and what happened to them, summed.
-- grain: author_id
SELECT
  author_id,
  CAST(count(*) AS BIGINT) AS messages,
  CAST(sum(CAST(floor(spread * 1000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000 AS spread,
  CAST(sum(CAST(floor(influence * 1000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000 AS influence,
  CAST(sum(impact) AS BIGINT) AS impact
FROM fct_messages
GROUP BY author_id
