import { blocks, type Fold, foldsOf, meanOf, scaleOf, unseenErrors } from './left-out-blocks.ts';
import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { hasSizes, isRounding, type Scale } from './panel-deviations.ts';
import { type Needs, refusalOf, refused, stillRefusal } from './panel-refusals.ts';
import { totalsByPeriod } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { studentEstimate } from './student.ts';
import { type Donors, donorsOf } from './synthetic-donors.ts';
import { poorFit } from './synthetic-fit.ts';

/** Share of the flight that a block has at least: errors over shorter ones say too little of how long errors last. */
const leastShare = 0.5;
/**
 * How fast the variance of a mean is taken to fall with the number of its days where blocks are shorter than the flight: 1 would be that
 * of independent days, 0 that of errors which outlast a block. With 1, up to 11 % of A/A intervals miss at half the length, with 0 only 2 %.
 */
const fading = 0.5;
const week = 7;
/** On fewer days weights are fitted to chance: 9 % of A/A intervals miss with 40 days before a flight of 10. */
const fewestDays = 8 * week;

/**
 * Synthetic control (Abadie, Diamond, Hainmueller 2010; demeaned, Ferman & Pinto 2021): the treated units' mean is told from a weighted
 * mean of the controls, weights ≥ 0 that sum to 1, plus a constant; in amounts, or each unit by its size, whichever tells better what
 * it has not seen. It assumes that what moved the treated before the flight as it moved
 * the weighted controls goes on doing so.
 *
 * The interval is that of Chernozhukov, Wüthrich & Zhu ("A t-test for synthetic controls", arXiv 1812.10820): weights are fitted
 * four times, each time without one block of days next to the flight; what the weights leave over in the flight, less what they leave
 * over in the block that they have not seen, is free of overfitting, and its spread over the blocks says how long errors last:
 * Student's t with 3 degrees of freedom. Blocks are as long as the flight where four such fit; where they are shorter, the paper's
 * variance supposes errors that do not last, and ours falls less with length. Units need not be alike, nor assigned by lot, nor more controls than treated.
 */
export const syntheticControl: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needsFor(panel)) ?? stillRefusal(panel);
  if (refusal !== undefined) return refused(refusal);
  const scale = scaleOf(panel);
  const estimate = crossFittedControl(panel, options, scale);
  if (estimate.refusal !== undefined) return estimate;
  const inScale: PanelEstimator = (fake, given) =>
    crossFittedControl(fake, given, hasSizes(fake) ? scale : 'amounts');
  const placebos = [
    ...placebosInTime(inScale, panel, options),
    ...placebosOverUnits(inScale, panel, options),
  ];
  return { ...estimate, refusal: poorFit(donorsOf(panel, scale)) ?? placeboRefusal(placebos), placebos };
};

/** The estimate without its placebos, and refused for what the panel lacks alone; in the scale that suits the panel where none is given. */
export function crossFittedControl(
  panel: Panel,
  { confidence }: { confidence: number },
  scale?: Scale,
): PanelEstimate {
  const refusal = refusalOf(panel, needsFor(panel));
  if (refusal !== undefined) return refused(refusal);
  const { before, periods } = panel;
  const during = periods - before;
  const donors = donorsOf(panel, scale ?? scaleOf(panel));
  const folds = foldsOf(donors);
  const length = folds[0]!.to - folds[0]!.from;
  const effects = folds.map(fold => meanOf(fold.gaps, before, periods) - fold.level);
  const effect = effects.reduce((sum, value) => sum + value, 0) / blocks;
  const spread = effects.reduce((sum, value) => sum + (value - effect) ** 2, 0) / (blocks - 1);
  const times = donors.size * during;
  const standardError = times * Math.sqrt(((1 + blocks * (length / during) ** fading) * spread) / blocks);
  if (isRounding(standardError, panel))
    return refused('the controls tell the treated without error, so that no error can be estimated');
  const path = pathOf(donors, folds, confidence);
  return studentEstimate({ total: effect * times, standardError, freedom: blocks - 1, path }, confidence);
}

function needsFor({ before, periods }: Panel): Needs {
  const during = periods - before;
  const block = during < 2 * week ? during : week * Math.round((leastShare * during) / week);
  return { treated: 1, control: 5, before: Math.max(fewestDays, blocks * block), moreThanFlight: true };
}

/**
 * Expected: the mean of the four fits. Its interval by day is split-conformal (Lei et al. 2018): as wide as this share of the errors
 * on days that a fit has not seen; NaN where there are too few days for so much confidence.
 */
function pathOf(donors: Donors, folds: readonly Fold[], confidence: number): PanelPath {
  const observed = totalsByPeriod(donors.panel, donors.treated);
  const expected = observed.map((value, period) => {
    const gap = folds.reduce((sum, fold) => sum + fold.gaps[period]! - fold.level, 0) / folds.length;
    return value - donors.size * gap;
  });
  const errors = unseenErrors(donors, folds)
    .map(Math.abs)
    .sort((a, b) => a - b);
  const reach = errors[Math.ceil(confidence * (errors.length + 1)) - 1] ?? Number.NaN;
  return {
    observed,
    expected,
    low: expected.map(value => value - reach),
    high: expected.map(value => value + reach),
  };
}
