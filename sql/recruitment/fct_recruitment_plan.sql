-- Whom do we ask for this budget?
-- grain: author_id
-- may shrink: a plan is chosen anew every night
-- check: arm IN ('ask', 'hold-out')
-- check: (plan_rank IS NULL) = (arm = 'hold-out')
-- check: cost >= 0
-- check: cumulative_cost <= budget
-- check: cumulative_reach >= marginal_reach OR cumulative_reach IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – the person's main account, or its pseudonym
-- column: plan_rank – place in the order of asking: who adds most for the money comes first; NULL for who is held out
-- column: cost – what asking them costs; 0 for who is held out
-- column: marginal_reach – people whom their message reaches beyond those before them, expected, times the chance that they accept; NULL for who is held out
-- column: cumulative_reach – people reached by all up to here, expected; NULL for who is held out
-- column: arm – ask, or hold-out: drawn by lot not to be asked, so that the difference shows what asking causes
-- column: reason – why they were chosen
-- column: currency – of cost, cumulative_cost and budget
-- column: cumulative_cost – cost of all up to here; never above the budget
-- column: budget – the whole budget
-- column: acceptance – probability that they accept
-- column: reach_alone – people reached if only they were asked, expected
-- column: peer_influence – mean probability that one of those they move directly passes a message on
-- column: direct_audience – people who have passed on a message of theirs
-- column: cumulative_audience – distinct such people of all up to here, counted exactly
-- column: followers – of all accounts; NULL where never told
-- column: cumulative_followers_low – distinct followers of all up to here, at least: the largest number of one of them
-- column: cumulative_followers_high – distinct followers of all up to here, at most: the sum; NULL where one of them is unknown
-- column: persona_id – the persona they belong to; NULL where none
-- column: platform – the network of the main account
-- column: forwards_before – forwards by others in 28 days before the flight: the outcome that the hold-out compares; NULL without such days
SELECT
  params.campaign,
  params.as_of,
  p.author_id,
  CAST(r.plan_rank AS BIGINT) AS plan_rank,
  CAST(CASE WHEN r.is_held_out THEN 0 ELSE p.cost END AS DECIMAL(18,4)) AS cost,
  r.marginal_reach,
  r.cumulative_reach,
  CASE WHEN r.is_held_out THEN 'hold-out' ELSE 'ask' END AS arm,
  concat_ws('; ',
    CASE WHEN r.is_held_out THEN 'held out by lot, so that what asking causes can be measured' END,
    p.reason
  ) AS reason,
  params.currency,
  CAST(sum(CASE WHEN r.is_held_out THEN 0 ELSE p.cost END) OVER up_to_here AS DECIMAL(18,4)) AS cumulative_cost,
  params.budget,
  p.acceptance,
  r.reach_alone,
  a.peer_influence,
  CAST(coalesce(a.direct_audience, 0) AS BIGINT) AS direct_audience,
  CAST(floor(r.cumulative_audience + 0.5) AS BIGINT) AS cumulative_audience,
  p.followers,
  CASE WHEN NOT r.is_held_out THEN max(p.followers) OVER up_to_here END AS cumulative_followers_low,
  CASE WHEN NOT r.is_held_out AND count(p.followers) OVER up_to_here = count(*) OVER up_to_here
    THEN CAST(sum(p.followers) OVER up_to_here AS BIGINT)
  END AS cumulative_followers_high,
  p.persona_id,
  p.platform,
  r.forwards_before
FROM est_recruits r
JOIN stg_prospects p ON p.person_number = r.person_number
LEFT JOIN int_direct_audience a ON a.person_number = r.person_number
CROSS JOIN params
WINDOW up_to_here AS (
  PARTITION BY r.is_held_out
  ORDER BY r.plan_rank ASC NULLS LAST, r.person_number ASC NULLS LAST
  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
)
