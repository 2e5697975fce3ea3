-- Who moves others, and how sure are we?
-- grain: author_id
-- check: messages >= 1
-- check: abs(cie) <= 1
-- check: abs(cie_without_coordination) <= 1
-- check: cie_rank >= 1
-- check: hours_missed BETWEEN 0 AND 1 OR hours_missed IS NULL
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
-- column: cie_without_coordination – cie without the responses made in concert: share of what is then the network's total
-- column: followers – baseline: as last captured; NULL where never told
-- column: forwards_received – baseline: forwards by others, as the network names them
-- column: pagerank – baseline: PageRank on the same ties
-- column: cie_rank – place of the person by person_cie, the brand and who opted out left out; equals share a place, and so do accounts of one person
-- column: cie_rank_low – best place within the interval; NULL until intervals are computed
-- column: cie_rank_high – worst place within the interval; NULL until intervals are computed
-- column: person_id – author_id of the main account of the person behind it
-- column: person_cie – cie with people as nodes: one own voice and what all their accounts move
-- column: hours_missed – share of the time that nothing covered, 0 to 1: over all that their networks are asked again and again, and the following of their accounts; NULL where no network was asked
-- column: is_partly_seen – whether that is a twentieth or more; NULL as hours_missed
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
  s.cie_without_coordination,
  a.followers,
  CAST(coalesce(f.forwards_received, 0) AS BIGINT) AS forwards_received,
  s.pagerank,
  w.cie_rank,
  CAST(NULL AS BIGINT) AS cie_rank_low,
  CAST(NULL AS BIGINT) AS cie_rank_high,
  p.person_id,
  w.cie AS person_cie,
  h.hours_missed,
  is_much_missed(h.hours_missed) AS is_partly_seen
FROM dim_authors a
JOIN stg_persons p ON p.author_id = a.author_id
JOIN int_reach r ON r.author_id = a.author_id
JOIN est_influence s ON s.author_number = p.author_number
JOIN (
  SELECT
    person_number,
    cie,
    CAST(rank() OVER (ORDER BY cie DESC NULLS LAST) AS BIGINT) AS cie_rank
  FROM int_person_influence
  WHERE NOT is_brand AND NOT is_opted_out
) w ON w.person_number = p.person_number
LEFT JOIN int_forwards_received f ON f.author_number = p.author_number
LEFT JOIN (
  SELECT
    o.person_number,
    CAST(sum(q.seconds_missed) AS DOUBLE) / nullif(CAST(sum(q.seconds_asked) AS DOUBLE), 0) AS hours_missed
  FROM stg_missed_hours q
  JOIN stg_persons o ON o.author_id = q.author_id
  GROUP BY o.person_number
) h ON h.person_number = p.person_number
CROSS JOIN params
