-- Whom each person of the plan moves directly: how many, and how readily on average.
-- grain: person_number
SELECT
  t.influencer_number AS person_number,
  CAST(count(*) AS BIGINT) AS direct_audience,
  CAST(sum(CAST(floor(t.probability * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 / nullif(count(*), 0) AS peer_influence
FROM stg_spread_ties t
SEMI JOIN est_recruits r ON r.person_number = t.influencer_number
GROUP BY t.influencer_number
