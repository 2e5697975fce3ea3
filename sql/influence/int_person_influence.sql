-- Influence of each person: one own voice and what their accounts move beyond their own, so that who has two accounts does not count twice. Sums are in fixed point, which has no order.
-- grain: person_number
WITH people AS (
  SELECT
    p.person_number,
    1 + CAST(sum(CAST(floor((s.score - 1) * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 AS score,
    1 + CAST(sum(CAST(floor((s.score_without_coordination - 1) * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 AS genuine_score,
    CAST(sum(CAST(floor(s.cie_beyond_self_without_coordination * 1000000000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000000000 AS cie_beyond_self,
    CAST(sum(CAST(floor(s.pagerank * 1000000000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000000000 AS pagerank,
    max(CASE WHEN p.is_brand THEN 1 ELSE 0 END) = 1 AS is_brand,
    max(CASE WHEN p.is_opted_out THEN 1 ELSE 0 END) = 1 AS is_opted_out
  FROM est_influence s
  JOIN stg_persons p ON p.author_number = s.author_number
  GROUP BY p.person_number
)
SELECT
  p.person_number,
  p.score / nullif(t.score, 0) AS cie,
  p.genuine_score / nullif(t.genuine_score, 0) AS cie_without_coordination,
  p.cie_beyond_self AS cie_beyond_self_without_coordination,
  p.pagerank,
  p.is_brand,
  p.is_opted_out
FROM people p
CROSS JOIN (
  SELECT
    CAST(sum(CAST(floor(abs(score) * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 AS score,
    CAST(sum(CAST(floor(abs(genuine_score) * 1000000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000000 AS genuine_score
  FROM people
) t
