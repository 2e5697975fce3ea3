-- What came back?
-- grain: scope, method
-- may shrink: a way to tell a return is there while its inputs are
-- check: verdict IN ('gain', 'loss', 'open', 'cannot_tell', 'bounds', 'credit', 'change')
-- check: verdict <> 'gain' OR roi_low > 0
-- check: verdict <> 'loss' OR roi_high < 0
-- check: verdict <> 'open' OR (roi_low <= 0 AND roi_high >= 0)
-- check: verdict NOT IN ('credit', 'change') OR (roi IS NULL AND iroas IS NULL AND incremental IS NULL)
-- check: incremental_low <= incremental_high OR incremental_low IS NULL OR incremental_high IS NULL
-- check: NOT is_headline OR (may_decide AND verdict IN ('gain', 'loss', 'open'))
-- check: evidence_level BETWEEN 1 AND 6 OR verdict = 'change'
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: scope – campaign: the campaign as a whole
-- column: method – the way in which it is told; the best evidence is the lowest evidence_level
-- column: incremental – revenue that the campaign caused, over all days of the flight; NULL where it cannot be told
-- column: incremental_low – lower end of its interval; of codes and links, the lower reading
-- column: incremental_high – upper end of its interval; of codes and links, the upper reading
-- column: cost – what the campaign cost: fees, incentives, products, tooling
-- column: currency – of incremental, cost, smallest_effect and change; NULL where the campaign names no money
-- column: roi – (incremental × margin − cost) / cost: 0.34 is a gain of 34 % on the money spent
-- column: roi_low – lower end of its interval
-- column: roi_high – upper end of its interval
-- column: iroas – incremental / cost, before any margin: never the same thing as roi
-- column: iroas_low – lower end of its interval
-- column: iroas_high – upper end of its interval
-- column: evidence_level – 1 hold-outs drawn by lot; 2 time-based regression, synthetic control; 3 synthetic difference-in-differences, difference-in-differences; 4 structural time series; 5 codes and links; 6 credit; NULL for change
-- column: verdict – gain, loss, open (the interval holds both), cannot_tell, bounds (codes and links), credit, change
-- column: reason – why, in one sentence
-- column: standard_error – of incremental; NULL where the method has none
-- column: freedom – degrees of freedom of the interval; NULL where it has none or is normal
-- column: confidence – of all intervals
-- column: may_decide – whether the method keeps its promises in simulated worlds well enough to give the verdict
-- column: is_headline – the one row that speaks for the campaign: the best evidence that may decide and did
-- column: agrees_with_headline – whether its interval of incremental overlaps that of the headline; NULL for the headline and where there is nothing to compare
-- column: is_unbounded – the cost is too uncertain: the interval of roi has no end
-- column: units_treated – units of the panel, or people, that the campaign was meant for
-- column: units_control – those that were left alone
-- column: days_before – days before the flight that it is compared with
-- column: days_of_flight – days of the flight
-- column: smallest_effect – smallest incremental revenue that it finds four times in five; NULL where unknown
-- column: change – of the row change: sales of treated units beyond those of as many days before
-- column: placebos – runs in which nothing happened
-- column: placebos_apart – of these, those whose interval excludes 0: about one in twenty should
SELECT
  params.campaign,
  params.as_of,
  'campaign' AS scope,
  r.method,
  r.incremental,
  r.incremental_low,
  r.incremental_high,
  r.cost,
  params.currency,
  r.roi,
  r.roi_low,
  r.roi_high,
  r.iroas,
  r.iroas_low,
  r.iroas_high,
  r.evidence_level,
  r.verdict,
  r.reason,
  r.standard_error,
  r.freedom,
  r.confidence,
  r.may_decide,
  r.is_headline,
  r.agrees_with_headline,
  r.is_unbounded,
  r.units_treated,
  r.units_control,
  r.days_before,
  r.days_of_flight,
  r.smallest_effect,
  r.change,
  r.placebos,
  r.placebos_apart
FROM est_returns r
CROSS JOIN params
