import { driftRefusal } from './drift.ts';
import { lastingOf } from './lasting-days.ts';
import { fittedLine, type Line } from './least-squares-line.ts';
import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { isRounding } from './panel-deviations.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';
import { signedPercent } from './percent.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { halfWidth, studentEstimate } from './student.ts';

const needs = { treated: 1, control: 1, before: 14, moreThanFlight: true };
/** Standard errors: a bias of half of one lets 8 % of intervals miss instead of 5. */
const mostBias = 0.5;
const exact =
  'the treated units follow the control exactly before the flight, so that no error can be estimated';

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
 * Assumes that the line of before goes on. Refuses where fake flights or a drift say otherwise; where the line does not rise, as
 * that leaves a mere before and after; and where chance in the control's own days flattens it so much that the flight's other level
 * may move the sum by over half a standard error. `path`: single days, by the paper's interval.
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
  if (isRounding(standardError, panel)) return refused(exact);
  const path = pathOf(line, control, observed, halfWidth(confidence, before - 2));
  return studentEstimate({ total, standardError, freedom, path }, confidence);
}

/** The sums of both arms by day, and the line through the days before. */
function lineOf(panel: Panel) {
  const observed = totalsByPeriod(panel, unitsOf(panel, 1));
  const control = totalsByPeriod(panel, unitsOf(panel, 0));
  const line = fittedLine(control.subarray(0, panel.before), observed.subarray(0, panel.before));
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
  const drift = driftRefusal(control.subarray(0, before), line);
  if (drift !== undefined) return drift;
  const moved = sum(control.subarray(before)) - (periods - before) * line.meanControl;
  // Chance in x flattens a line by x's reliability: √R² where both arms are as reliable.
  const bias = (1 / Math.sqrt(explained) - 1) * slope * Math.abs(moved);
  if (bias > mostBias * standardError)
    return `the control units explain only ${percent} of the treated ones' days before the flight, in which they were at another level (${signedPercent(moved / line.meanControl / (periods - before))})`;
  return;
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
