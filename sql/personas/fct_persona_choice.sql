-- Why are there as many personas as there are, or none?
-- grain: groups
-- may shrink: how many numbers can be tried depends on how many people there are
-- check: prediction_strength BETWEEN 0 AND 1 OR prediction_strength IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: groups – a number of groups that was tried
-- column: is_chosen – whether it was chosen; 1 says that there are no personas
-- column: reason – on the chosen row, why
-- column: prediction_strength – how well one half of the people foretells who belongs together in the other (Tibshirani & Walther 2005); .8 and two errors are asked
-- column: prediction_error – standard error of that over the halvings
-- column: gap – gap statistic (Tibshirani et al. 2001); NULL but for 1 and for the number that prediction strength chose
-- column: gap_error – its standard error
-- column: gap_chance – how often evenly spread people gain as much by falling into groups; at most .01 is let pass
-- column: silhouette – mean silhouette: reported, never decisive
-- column: explained_share – share of the sum of squares that the groups explain
SELECT
  params.campaign,
  params.as_of,
  t.groups,
  t.is_chosen,
  t.reason,
  t.prediction_strength,
  t.prediction_error,
  t.gap,
  t.gap_error,
  t.gap_chance,
  t.silhouette,
  t.explained_share
FROM est_persona_trials t
CROSS JOIN params
