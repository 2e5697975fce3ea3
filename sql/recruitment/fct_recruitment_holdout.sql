-- What could this budget be shown to cause?
-- grain: design
-- may shrink: a design is there while somebody could be asked
-- check: verdict IN ('decides', 'cannot_tell')
-- check: (smallest_effect IS NULL) = (verdict = 'cannot_tell')
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: design – people: those asked against those held out; units: zones of the panel by their sales; units by change: the same by how sales change
-- column: units_available – people or units that the plan may reach
-- column: units_asked – of these, those that it does
-- column: units_held_out – people or units deliberately left alone
-- column: outcome – what is compared
-- column: baseline_mean – mean of the outcome before anything was done; NULL where unknown
-- column: standard_deviation – of what is compared, between units, before anything was done
-- column: smallest_effect – smallest effect on the outcome of one who is asked, or of one unit, that the test would find; NULL where it cannot tell
-- column: smallest_effect_share – the same as a share of the baseline
-- column: smallest_total – money a day of the flight times units times days; NULL where the outcome is not money
-- column: smallest_iroas – smallest_total over the budget: a smaller return on the money spent would not be seen
-- column: smallest_roi – the same as (smallest_total × margin − budget) / budget; NULL without a margin
-- column: power – probability to find an effect of that size
-- column: significance – probability to find one where there is none
-- column: currency – of money; NULL where the outcome is not money
-- column: verdict – decides, or cannot_tell
-- column: reason – why, in one sentence
SELECT
  params.campaign,
  params.as_of,
  CASE e.design_number WHEN 0 THEN 'people' WHEN 1 THEN 'units' ELSE 'units by change' END AS design,
  CAST(e.units_available AS BIGINT) AS units_available,
  CAST(e.units_asked AS BIGINT) AS units_asked,
  CAST(e.units_held_out AS BIGINT) AS units_held_out,
  CASE e.design_number
    WHEN 0 THEN 'forwards received in 28 days'
    ELSE 'sales a day'
  END AS outcome,
  e.baseline_mean,
  e.standard_deviation,
  e.smallest_effect,
  e.smallest_effect / nullif(e.baseline_mean, 0) AS smallest_effect_share,
  e.smallest_total,
  e.smallest_total / nullif(CAST(params.budget AS DOUBLE), 0) AS smallest_iroas,
  (e.smallest_total * params.margin - CAST(params.budget AS DOUBLE)) / nullif(CAST(params.budget AS DOUBLE), 0) AS smallest_roi,
  e.power,
  e.significance,
  CASE WHEN e.design_number > 0 THEN params.currency END AS currency,
  CASE e.verdict_number WHEN 0 THEN 'decides' ELSE 'cannot_tell' END AS verdict,
  CASE e.verdict_number
    WHEN 0 THEN 'a two-sided t-test of the arms would find an effect of this size and hardly a smaller one'
    WHEN 1 THEN 'too few units: each arm needs five'
    WHEN 2 THEN 'nothing was observed before the flight'
    WHEN 3 THEN 'all units are alike before the flight: how much they differ by chance is unknown'
    ELSE 'nobody is asked'
  END AS reason
FROM est_smallest_effects e
CROSS JOIN params
