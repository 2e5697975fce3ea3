-- Is the plan better than the obvious choices?
-- grain: strategy
-- may shrink: plans are chosen anew every night
-- check: lower_bound <= reach AND reach <= upper_bound
-- check: cost <= budget
-- check: guaranteed_ratio BETWEEN 0 AND 1 OR guaranteed_ratio IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: strategy – plan; next best; equal split; top followers; random
-- column: cost – of asking everybody whom the strategy names; the mean where it is random
-- column: reach – people reached, expected, all strategies judged by the same independent sample; the mean where it is random
-- column: lower_bound – reach is at least this; all bounds hold together with the stated confidence
-- column: upper_bound – reach is at most this
-- column: currency – of cost and budget
-- column: budget – the whole budget; what the plan leaves of it, the obvious choices leave too
-- column: people – how many are asked; the mean where it is random
-- column: ratio_to_plan – reach over the reach of the plan
-- column: author_ids – who is asked, sorted, joined by a space; NULL where it is random
-- column: sets – reverse-reachable sets that chose, and as many that judged
-- column: confidence – probability that all bounds hold together
-- column: optimum_upper_bound – of the plan: no set of candidates within budget and quotas reaches more; NULL for others and where the plan asks nobody
-- column: guaranteed_ratio – of the plan: it reaches at least this share of the best possible; NULL for others and where the plan asks nobody
-- column: reason – how the strategy chooses
SELECT
  params.campaign,
  params.as_of,
  CASE s.strategy_number
    WHEN 0 THEN 'plan'
    WHEN 1 THEN 'next best'
    WHEN 2 THEN 'equal split'
    WHEN 3 THEN 'top followers'
    ELSE 'random'
  END AS strategy,
  CAST(s.cost AS DECIMAL(18,4)) AS cost,
  s.reach,
  s.lower_bound,
  s.upper_bound,
  params.currency AS currency,
  params.budget,
  s.people,
  s.reach / nullif(p.reach, 0) AS ratio_to_plan,
  m.author_ids,
  CAST(c.sets AS BIGINT) AS sets,
  c.confidence,
  CASE WHEN s.strategy_number = 0 THEN c.optimum_upper_bound END AS optimum_upper_bound,
  CASE WHEN s.strategy_number = 0 THEN c.guaranteed_ratio END AS guaranteed_ratio,
  CASE s.strategy_number
    WHEN 0 THEN c.algorithm
    WHEN 1 THEN 'the best found when one of the plan may not be asked'
    WHEN 2 THEN 'the money in equal parts to the networks, each spent on its best; of the same candidates as the plan'
    WHEN 3 THEN 'who has most followers first, of everybody with a price'
    ELSE 'by lot, of everybody with a price: the mean of a hundred draws'
  END AS reason
FROM est_strategies s
JOIN est_strategies p ON p.strategy_number = 0
LEFT JOIN int_strategy_members m ON m.strategy_number = s.strategy_number
CROSS JOIN est_certificate c
CROSS JOIN params
