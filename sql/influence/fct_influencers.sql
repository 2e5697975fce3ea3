-- Who moves others, and how sure are we?
-- grain: author_id
-- check: messages >= 1
-- check: abs(cie) <= 1
-- check: cie_rank >= 1
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – platform and native id, or its pseudonym
-- column: messages – messages in the window
-- column: spread – forwards of their messages; forwards of their own apart, where the forwarder is observed
-- column: influence – forwards of the forwards of their messages
-- column: impact – direct replies and comments to their messages
-- column: cie_score – Hubbell's status s, the sum of own voice and of all whom they move, directly or not
-- column: cie – Customer Influence Effect: share of the network's total influence
-- column: cie_beyond_self – the same without everyone's own voice; 0 for who moves nobody
-- column: cie_low – lower end of the interval; NULL until intervals are computed
-- column: cie_high – upper end of the interval; NULL until intervals are computed
-- column: above_chance – whether cie exceeds what chance gives; NULL until the baseline is computed
-- column: cie_without_coordination – cie without coordinated ties; NULL until coordination is examined
-- column: followers – baseline: as last captured; NULL where never told
-- column: forwards_received – baseline: forwards by others, as the network names them
-- column: pagerank – baseline: PageRank on the same ties
-- column: cie_rank – place by cie, the brand's accounts left out; equals share a place
-- column: cie_rank_low – best place within the interval; NULL until intervals are computed
-- column: cie_rank_high – worst place within the interval; NULL until intervals are computed
SELECT
  params.campaign,
  params.as_of,
  a.author_id,
  r.messages,
  r.spread,
  r.influence,
  r.impact,
  s.score AS cie_score,
  s.cie,
  s.cie_beyond_self,
  CAST(NULL AS DOUBLE) AS cie_low,
  CAST(NULL AS DOUBLE) AS cie_high,
  CAST(NULL AS BOOLEAN) AS above_chance,
  CAST(NULL AS DOUBLE) AS cie_without_coordination,
  a.followers,
  CAST(coalesce(f.forwards_received, 0) AS BIGINT) AS forwards_received,
  s.pagerank,
  CAST(rank() OVER (ORDER BY s.cie DESC NULLS LAST) AS BIGINT) AS cie_rank,
  CAST(NULL AS BIGINT) AS cie_rank_low,
  CAST(NULL AS BIGINT) AS cie_rank_high
FROM dim_authors a
JOIN int_people p ON p.author_id = a.author_id
JOIN int_reach r ON r.author_id = a.author_id
JOIN est_influence s ON s.author_number = p.author_number
LEFT JOIN int_forwards_received f ON f.author_number = p.author_number
CROSS JOIN params
WHERE NOT a.is_brand
