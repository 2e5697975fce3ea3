import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { isRounding } from './panel-deviations.ts';
import { refusalOf, refused, stillRefusal } from './panel-refusals.ts';
import { totalsByPeriod } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { halfWidth } from './student.ts';
import { type Donors, donorsOf, gapsOf, weightsWithout } from './synthetic-donors.ts';
import { poorFit } from './synthetic-fit.ts';

/** Blocks of days before the flight that are left out in turn. Fewer make wider intervals; with more, level is lost where errors last. */
const blocks = 4;
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
 * mean of the controls, weights ≥ 0 that sum to 1, plus a constant. It assumes that what moved the treated before the flight as it moved
 * the weighted controls goes on doing so.
 *
 * The interval is that of Chernozhukov, Wüthrich & Zhu ("A t-test for synthetic controls", arXiv 1812.10820): weights are fitted
 * four times, each time without one block of days next to the flight; what the weights leave over in the flight, less what they leave
 * over in the block that they have not seen, is free of overfitting, and its spread over the blocks says how long errors last:
 * Student's t with 3 degrees of freedom. Blocks are as long as the flight where four such fit; where they are shorter, the paper's
 * variance supposes errors that do not last, and ours falls less with length. Units need not be alike, nor assigned by lot, nor more controls than treated.
 */
export const syntheticControl: PanelEstimator = (panel, options) => {
  const estimate = crossFittedControl(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(crossFittedControl, panel, options),
    ...placebosOverUnits(crossFittedControl, panel, options),
  ];
  return { ...estimate, refusal: poorFit(donorsOf(panel)) ?? placeboRefusal(placebos), placebos };
};

/** The estimate without its placebos, and refused for what the panel lacks alone. */
export function crossFittedControl(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const { before, periods } = panel;
  const during = periods - before;
  const needs = {
    treated: 1,
    control: 5,
    before: Math.max(fewestDays, blocks * shortestBlock(during)),
    moreThanFlight: true,
  };
  const refusal = refusalOf(panel, needs) ?? stillRefusal(panel);
  if (refusal !== undefined) return refused(refusal);
  const donors = donorsOf(panel);
  const length = blockLength(before, during);
  const folds = Array.from({ length: blocks }, (_, block) => {
    const to = before - block * length;
    return leftOut(donors, to - length, to);
  });
  const effects = folds.map(fold => mean(fold.gaps, before, periods) - fold.level);
  const effect = effects.reduce((sum, value) => sum + value, 0) / blocks;
  const spread = effects.reduce((sum, value) => sum + (value - effect) ** 2, 0) / (blocks - 1);
  const times = donors.treated.length * during;
  const standardError = times * Math.sqrt(((1 + blocks * (length / during) ** fading) * spread) / blocks);
  if (isRounding(standardError, panel))
    return refused('the controls tell the treated without error, so that no error can be estimated');
  const reach = halfWidth(confidence, blocks - 1) * standardError;
  return {
    total: effect * times,
    low: effect * times - reach,
    high: effect * times + reach,
    standardError,
    freedom: blocks - 1,
    refusal: undefined,
    placebos: [],
    path: pathOf(donors, folds, confidence),
  };
}

function shortestBlock(during: number): number {
  return during < 2 * week ? during : week * Math.round((leastShare * during) / week);
}

/** As long as the flight where four such blocks fit, else a quarter of the days before; from a fortnight on whole weeks, the rhythm of sales. */
function blockLength(before: number, during: number): number {
  const length = Math.min(during, Math.floor(before / blocks));
  return length < 2 * week ? length : length - (length % week);
}

/** A fit that has not seen one block of days. */
interface Fold {
  from: number;
  to: number;
  /** By period. */
  gaps: Float64Array;
  /** Mean gap of the block. */
  level: number;
}

function leftOut(donors: Donors, from: number, to: number): Fold {
  const gaps = gapsOf(donors, weightsWithout(donors, { from, to }));
  return { from, to, gaps, level: mean(gaps, from, to) };
}

/**
 * Expected: the mean of the four fits. Its interval by day is split-conformal (Lei et al. 2018): as wide as this share of the errors
 * on days that a fit has not seen; NaN where there are too few days for so much confidence.
 */
function pathOf({ panel, treated }: Donors, folds: readonly Fold[], confidence: number): PanelPath {
  const observed = totalsByPeriod(panel, treated);
  const expected = observed.map((value, period) => {
    const gap = folds.reduce((sum, fold) => sum + fold.gaps[period]! - fold.level, 0) / folds.length;
    return value - treated.length * gap;
  });
  const errors = folds
    .flatMap(({ gaps, from, to, level }) => [...gaps.subarray(from, to)].map(gap => Math.abs(gap - level)))
    .sort((a, b) => a - b);
  const reach = treated.length * (errors[Math.ceil(confidence * (errors.length + 1)) - 1] ?? Number.NaN);
  return {
    observed,
    expected,
    low: expected.map(value => value - reach),
    high: expected.map(value => value + reach),
  };
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return sum / (to - from);
}
