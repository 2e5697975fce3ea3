import { forecastLevel, type LevelPriors, usualPriors } from './local-level.ts';
import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { refusalOf, refused, stillRefusal } from './panel-refusals.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { seededRandom } from './random.ts';
import { halfWidth } from './student.ts';

const needs = { treated: 1, control: 1, before: 14, moreThanFlight: true };
/** A guess at how far the level moves in a day, in standard deviations of what the control total leaves of a day. */
const step = 0.03;
/** Control units that stand beside their total. */
const nearest = 5;
/**
 * `structuralForecast`, with the same on fake flights and on fake treated units. Refuses where fake flights say otherwise, and where the
 * treated units do not move with the control before the flight: a level without a control is a mere before and after.
 */
export const structuralTimeSeries: PanelEstimator = (panel, options) => {
  const estimate = structuralForecast(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(quickForecast, panel, options),
    ...placebosOverUnits(quickForecast, panel, options),
  ];
  const refusal = likenessRefusal(panel, options.confidence) ?? placeboRefusal(placebos);
  return { ...estimate, refusal, placebos };
};

/**
 * Why the control units' total says nothing of the treated ones before the flight: neither their days nor the changes from day to day,
 * which the treated units' own level leaves alone, rise together (t of the correlation).
 */
function likenessRefusal(panel: Panel, confidence: number): string | undefined {
  const days = ([1, 0] as const).map(arm =>
    totalsByPeriod(panel, unitsOf(panel, arm)).subarray(0, panel.before),
  );
  const changes = days.map(values => values.subarray(1).map((value, day) => value - values[day]!));
  const isAlike = ([treated, control]: readonly Float64Array[]) => {
    const freedom = treated!.length - 2;
    const likeness = correlation(control!, treated!);
    // Not divided by 1 − likeness², which is nothing where both are one.
    return (
      likeness * Math.sqrt(freedom) >=
      halfWidth(confidence, freedom) * Math.sqrt(Math.max(0, 1 - likeness ** 2))
    );
  };
  if (isAlike(days) || isAlike(changes)) return;
  const explained = correlation(days[1]!, days[0]!) ** 2 || 0;
  return `before the flight the control units do not move with the treated ones (they explain ${(100 * explained).toFixed(1)} % of their days)`;
}

/**
 * Bayesian structural time series with unaffected controls (CausalImpact: Brodersen et al. 2015): what the treated units' total would
 * have been, from a level that wanders and a regression on the control units' total and on the control units likest to the treated
 * ones before the flight.
 *
 * The total comes first because noise of single units goes under in it; the few units beside it let the forecast lean towards those
 * that move alike. More would only offer the regression more chance likenesses: it is told to expect three that matter.
 * Assumes that the campaign reached no control, and that what bound treated and control before goes on binding them.
 */
export const structuralForecast: PanelEstimator = (panel, options) => forecastOf(panel, options, 1000);

/** Placebos are many, and none of them is told to a percent. */
const quickForecast: PanelEstimator = (panel, options) => forecastOf(panel, options, 200);

function forecastOf(
  panel: Panel,
  { confidence, seed }: Parameters<PanelEstimator>[1],
  draws: number,
): PanelEstimate {
  const refusal = refusalOf(panel, needs) ?? stillRefusal(panel);
  if (refusal !== undefined) return refused(refusal);
  const outcome = totalsByPeriod(panel, unitsOf(panel, 1));
  const controls = unitsOf(panel, 0);
  const { before } = panel;
  const control = totalsByPeriod(panel, controls);
  const priors = priorsBeside(correlation(control.subarray(0, before), outcome.subarray(0, before)));
  const forecast = forecastLevel(
    { outcome, controls: [control, ...likest(panel, outcome, controls)], before },
    { confidence, random: seededRandom(seed, 'returns', 'structural-time-series'), priors, draws },
  );
  return { ...forecast, freedom: Number.NaN, refusal: undefined, placebos: [] };
}

/**
 * CausalImpact's priors, but that noise may carry over from day to day, that the data alone say how large it is, and that the level's
 * steps are guessed in standard deviations of what the control total leaves: beside a good control a hundredth of the whole series'
 * is a step so large that its sum over a flight buries the effect.
 */
function priorsBeside(likeness: number): LevelPriors {
  const left = Number.isNaN(likeness) ? 1 : Math.max(1e-6, 1 - likeness ** 2);
  return {
    ...usualPriors,
    ...{ carries: true, variance: left, varianceWeight: 1, step: step * Math.sqrt(left) },
  };
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
