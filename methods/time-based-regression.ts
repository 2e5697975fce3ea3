import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { halfWidth } from './student.ts';

const needs = { treated: 1, control: 1, before: 14, moreThanFlight: true };
/** Batches of residuals that are left at least, where there are as many weeks. */
const batches = 8;
const week = 7;
const mostCorrelation = 0.95;
/** Standard errors: a bias of half of one lets 8 % of intervals miss instead of 5. */
const mostBias = 0.5;

/**
 * Time-based regression (Kerman, Wang & Vaver 2017, "Estimating ad effectiveness using geo experiments in a time-based regression
 * framework"): by day, the treated units' total on the control units' total, ordinary least squares over the days before; total =
 * what was sold in the flight beyond that line. With flat priors the sum's posterior is Student's t with n − 2 degrees of freedom
 * and variance s² (m + v'(X'X)⁻¹v), n days before, m of the flight, v = (m, Σ control); the doubt about the line is in it.
 *
 * That takes days for independent. Days of sales rarely are, and then the paper's interval leaves out the truth in one of four or
 * five panels. So where the days before resemble their neighbours, the error is widened as `lastingOf` says, and further where
 * the flight's level lies above the days before, as errors grow with sales; where they do not, it is the paper's.
 *
 * Assumes that the line of before goes on. Refuses where fake flights say otherwise; where the line does not rise, as that leaves
 * a mere before and after; and where chance in the control's own days flattens it so much that the flight's other level may move
 * the sum by over half a standard error. `path`: single days, by the paper's interval.
 */
export const timeBasedRegression: PanelEstimator = (panel, options) => {
  const estimate = regression(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(regression, panel, options),
    ...placebosOverUnits(regression, panel, options),
  ];
  const refusal = fitRefusal(panel, estimate, options.confidence) ?? placeboRefusal(placebos);
  return { ...estimate, refusal, placebos };
};

function regression(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const refusal = refusalOf(panel, needs);
  if (refusal !== undefined) return refused(refusal);
  const { before, periods } = panel;
  const { observed, control, line } = lineOf(panel);
  if (line === undefined)
    return refused('the control units together sold the same on every day before the flight');

  const during = periods - before;
  const flightControl = sum(control.subarray(before));
  const total = sum(observed.subarray(before)) - during * line.intercept - line.slope * flightControl;
  const spread = line.deviation * Math.sqrt(during + line.doubt(during, flightControl));
  const lasting = lastingOf(line, control.subarray(0, before), during);
  const growth = (line.intercept + (line.slope * flightControl) / during) / line.mean;
  const { ratio, freedom } =
    lasting.ratio > 1
      ? { ratio: lasting.ratio * Math.max(1, growth) ** 2, freedom: lasting.freedom }
      : { ratio: 1, freedom: before - 2 };
  const standardError = spread * Math.sqrt(ratio);
  const reach = halfWidth(confidence, freedom) * standardError;
  return {
    total,
    low: total - reach,
    high: total + reach,
    standardError,
    freedom,
    refusal: undefined,
    placebos: [],
    path: pathOf(line, control, observed, halfWidth(confidence, before - 2)),
  };
}

/** The sums of both arms by day, and the line through the days before. */
function lineOf(panel: Panel) {
  const observed = totalsByPeriod(panel, unitsOf(panel, 1));
  const control = totalsByPeriod(panel, unitsOf(panel, 0));
  const line = fitted(control.subarray(0, panel.before), observed.subarray(0, panel.before));
  return { observed, control, line };
}

/** Why the line before the flight is too poor to say what the flight would have been. */
function fitRefusal(panel: Panel, { standardError }: PanelEstimate, confidence: number): string | undefined {
  const { before, periods } = panel;
  const { control, line } = lineOf(panel);
  if (line === undefined) return;
  const { slope, explained } = line;
  const steepness = Math.sqrt((explained * (before - 2)) / (1 - explained));
  const percent = `${(explained * 100).toFixed(1)} %`;
  if (slope <= 0 || steepness < halfWidth(confidence, before - 2))
    return `before the flight the control units do not move with the treated ones (they explain ${percent} of their days)`;
  const moved = sum(control.subarray(before)) - (periods - before) * line.meanControl;
  // Chance in x flattens a line by x's reliability: √R² where both arms are as reliable.
  const bias = (1 / Math.sqrt(explained) - 1) * slope * Math.abs(moved);
  if (bias > mostBias * standardError)
    return `the control units explain only ${percent} of the treated ones' days before the flight, in which they were at another level (${moved > 0 ? '+' : ''}${((moved / line.meanControl / (periods - before)) * 100).toFixed(0)} %)`;
  return;
}

interface Line {
  intercept: number;
  slope: number;
  /** Of y. */
  mean: number;
  /** Of x. */
  meanControl: number;
  /** R². */
  explained: number;
  residuals: Float64Array;
  /** Of the residuals, with n − 2 degrees of freedom. */
  deviation: number;
  /** Variance, per residual variance, of the line's sum over `count` days whose controls add up to `total`. */
  doubt: (count: number, total: number) => number;
}

/** Ordinary least squares of y on x; undefined where x does not vary. */
function fitted(x: Float64Array, y: Float64Array): Line | undefined {
  const n = x.length;
  const [meanX, meanY] = [sum(x) / n, sum(y) / n];
  let [squares, products] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (x[i]! - meanX) ** 2;
    products += (x[i]! - meanX) * (y[i]! - meanY);
  }
  if (squares === 0) return;
  const slope = products / squares;
  const residuals = y.map((value, i) => value - meanY - slope * (x[i]! - meanX));
  const left = sum(residuals.map(value => value ** 2));
  return {
    intercept: meanY - slope * meanX,
    slope,
    mean: meanY,
    meanControl: meanX,
    explained: 1 - left / sum(y.map(value => (value - meanY) ** 2)),
    residuals,
    deviation: Math.sqrt(left / (n - 2)),
    doubt: (count, total) => count ** 2 / n + (total - count * meanX) ** 2 / squares,
  };
}

/**
 * By how much the variance of a sum over the flight exceeds that of as many days which do not resemble their neighbours. At most 1:
 * they do not. Seen in the residuals in two ways:
 *
 * - batch means: the variance of sums over whole weeks against that of single days. Unbiased for days that do not resemble their
 *   neighbours, as the batches' covariance A = L·I − (L²/n)·11' − dd'/Σ(x−x̄)², with d a batch's sum of x − x̄, is known; degrees of
 *   freedom by Satterthwaite, (tr A)² / tr A²;
 * - where the batches find more than 1, also the correlation of a day with the day before, freed of its bias in a short series
 *   (Kendall 1954, −(1 + 3ρ)/n, and 1/n more for the slope), as a first-order autoregression; the larger one counts.
 */
function lastingOf(line: Line, x: Float64Array, during: number): { ratio: number; freedom: number } {
  const { residuals, deviation } = line;
  const n = residuals.length;
  const weeks = Math.floor(n / week);
  const length = week * Math.max(1, Math.min(Math.floor(weeks / batches), Math.floor(during / week)));
  const count = Math.floor(n / length);
  const sums = (values: Float64Array) =>
    Float64Array.from({ length: count }, (_, batch) =>
      sum(values.subarray(n - (batch + 1) * length, n - batch * length)),
    );
  const mean = sum(x) / n;
  const centred = x.map(value => value - mean);
  const squares = sum(centred.map(value => value ** 2));
  const distances = sums(centred);
  let [trace, traceOfSquare] = [0, 0];
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++) {
      const own = row === column ? length : 0;
      const entry = own - length ** 2 / n - (distances[row]! * distances[column]!) / squares;
      if (row === column) trace += entry;
      traceOfSquare += entry ** 2;
    }
  const ratio = sum(sums(residuals).map(value => value ** 2)) / trace / deviation ** 2;
  const freedom = trace ** 2 / traceOfSquare;
  return { ratio: ratio > 1 ? Math.max(ratio, autoregressionRatio(residuals, during)) : ratio, freedom };
}

function autoregressionRatio(residuals: Float64Array, during: number): number {
  const n = residuals.length;
  const neighbours = sum(residuals.map((value, day) => (day === 0 ? 0 : value * residuals[day - 1]!)));
  const raw = neighbours / sum(residuals.map(value => value ** 2));
  const correlation = Math.min(mostCorrelation, Math.max(0, raw + (2 + 3 * raw) / n));
  let ratio = 1;
  for (let lag = 1; lag < during; lag++) ratio += 2 * (1 - lag / during) * correlation ** lag;
  return ratio;
}

function pathOf(line: Line, control: Float64Array, observed: Float64Array, quantile: number): PanelPath {
  const expected = control.map(value => line.intercept + line.slope * value);
  const reach = control.map(value => quantile * line.deviation * Math.sqrt(1 + line.doubt(1, value)));
  return {
    observed,
    expected,
    low: expected.map((value, period) => value - reach[period]!),
    high: expected.map((value, period) => value + reach[period]!),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
