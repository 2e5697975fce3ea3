import { forecastLevel, type LevelPriors, usualPriors } from './local-level.ts';
import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { seededRandom } from './random.ts';

/** Fewer days say too little about how the level wanders. */
const fewestDays = 14;
/** Control units that stand beside their total. */
const nearest = 5;

/** CausalImpact's, but that noise may carry over from day to day, and that the data alone say how large it is. */
const priors: LevelPriors = { ...usualPriors, carries: true, varianceWeight: 1 };

/**
 * Bayesian structural time series with unaffected controls (CausalImpact: Brodersen et al. 2015): what the treated units' total would
 * have been, from a level that wanders and a regression on the control units' total and on the control units likest to the treated
 * ones before the flight.
 *
 * The total comes first because noise of single units goes under in it; the few units beside it let the forecast lean towards those
 * that move alike. More would only offer the regression more chance likenesses: it is told to expect three that matter.
 * Assumes that the campaign reached no control, and that what bound treated and control before goes on binding them.
 */
export const structuralTimeSeries: PanelEstimator = (panel, { confidence, seed }) => {
  const { units, periods, before, treated } = panel;
  const days = periods - before;
  const controls: number[] = [];
  for (let unit = 0; unit < units; unit++) if (treated[unit] === 0) controls.push(unit);
  const outcome = totalOf(
    panel,
    [...treated.keys()].filter(unit => treated[unit] === 1),
  );
  if (controls.length === 0) return refused('there is no control: every unit was treated');
  if (before < fewestDays || before <= days)
    return refused(
      `${before} days before a flight of ${days} days are too few: it takes at least ${fewestDays}, and more than the flight has`,
    );
  if (outcome.subarray(0, before).every(value => value === outcome[0]))
    return refused(
      `the treated units' total was ${outcome[0]} on each of the ${before} days before the flight`,
    );
  const forecast = forecastLevel(
    { outcome, controls: [totalOf(panel, controls), ...likest(panel, outcome, controls)], before },
    { confidence, random: seededRandom(seed, 'returns', 'structural-time-series'), priors },
  );
  return { ...forecast, freedom: Number.NaN, refusal: undefined, placebos: [] };
};

function refused(refusal: string): PanelEstimate {
  const none = Number.NaN;
  return {
    ...{ total: none, low: none, high: none, standardError: none, freedom: none },
    ...{ refusal, placebos: [], path: undefined },
  };
}

function totalOf({ periods, outcome }: Panel, units: readonly number[]): Float64Array {
  const total = new Float64Array(periods);
  for (const unit of units) for (let t = 0; t < periods; t++) total[t]! += outcome[unit * periods + t]!;
  return total;
}

/** The control units that correlate most with the treated total before the flight; none where there is but one control. */
function likest(
  { periods, before, outcome }: Panel,
  target: Float64Array,
  controls: readonly number[],
): Float64Array[] {
  if (controls.length < 2) return [];
  const series = controls.map(unit => outcome.subarray(unit * periods, (unit + 1) * periods));
  const likeness = series.map(one => correlation(one.subarray(0, before), target.subarray(0, before)));
  return [...series.keys()]
    .filter(place => likeness[place]! > 0)
    .sort((a, b) => likeness[b]! - likeness[a]! || a - b)
    .slice(0, nearest)
    .map(place => series[place]!);
}

/** Pearson's; NaN where one never changes. */
function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  let together = 0;
  let squaresA = 0;
  let squaresB = 0;
  a.forEach((value, at) => {
    together += (value - meanA) * (b[at]! - meanB);
    squaresA += (value - meanA) ** 2;
    squaresB += (b[at]! - meanB) ** 2;
  });
  return together / Math.sqrt(squaresA * squaresB);
}
