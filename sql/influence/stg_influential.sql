-- Who is influential: moves more than an equal share of the network, coordination left out, and a baseline says so too. Followers alone never suffice.
-- grain: person_number
-- check: NOT is_influential OR cie_beyond_self > 0
-- check: influential_reason IS NOT NULL
WITH people AS (
  SELECT
    i.person_number,
    i.cie_without_coordination AS cie,
    i.cie_beyond_self_without_coordination AS cie_beyond_self,
    i.pagerank,
    i.is_brand,
    i.is_opted_out,
    b.followers,
    b.forwards_received,
    b.messages
  FROM int_person_influence i
  JOIN (
    SELECT
      p.person_number,
      CAST(sum(a.followers) AS BIGINT) AS followers,
      CAST(sum(coalesce(f.forwards_received, 0)) AS BIGINT) AS forwards_received,
      CAST(sum(v.messages) AS BIGINT) AS messages
    FROM stg_persons p
    JOIN dim_authors a ON a.author_id = p.author_id
    JOIN int_activity v ON v.author_number = p.author_number
    LEFT JOIN int_forwards_received f ON f.author_number = p.author_number
    GROUP BY p.person_number
  ) b ON b.person_number = i.person_number
),
judged AS (
  SELECT
    p.person_number,
    p.cie,
    p.cie_beyond_self,
    p.followers,
    p.forwards_received,
    p.pagerank,
    p.messages,
    p.is_brand,
    p.is_opted_out,
    p.cie_beyond_self * t.people > 1 AS moves,
    p.forwards_received * t.people > t.forwards AS is_forwarded,
    p.pagerank * t.people > 1 AS is_ranked
  FROM people p
  CROSS JOIN (SELECT count(*) AS people, sum(forwards_received) AS forwards FROM people) t
)
SELECT
  person_number,
  cie,
  cie_beyond_self,
  followers,
  forwards_received,
  pagerank,
  messages,
  NOT is_brand AND NOT is_opted_out AND moves AND (is_forwarded OR is_ranked) AS is_influential,
  CASE
    WHEN is_brand THEN 'is the brand'
    WHEN is_opted_out THEN 'does not want to be listed'
    WHEN NOT moves THEN 'moves no more than an equal share'
    WHEN is_forwarded AND is_ranked THEN 'moves more than an equal share; forwards received and PageRank agree; not tested against chance'
    WHEN is_forwarded THEN 'moves more than an equal share; forwards received agree, PageRank does not; not tested against chance'
    WHEN is_ranked THEN 'moves more than an equal share; PageRank agrees, forwards received do not; not tested against chance'
    ELSE 'moves more than an equal share, but neither forwards received nor PageRank agree'
  END AS influential_reason
FROM judged
