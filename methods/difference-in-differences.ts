import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { meanOver, unitsOf } from './panel-sums.ts';
import { placebosInTime, placebosOverUnits } from './placebos.ts';
import { fewestUnits, spreadOf } from './smallest-effect.ts';
import { halfWidth } from './student.ts';

const needs = { treated: fewestUnits, control: fewestUnits, before: 2, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 2 };

export const differenceInDifferences: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needs);
  if (refusal !== undefined) return refused(refusal);
  const estimate = differenceOfChanges(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  return {
    ...estimate,
    placebos: [
      ...placebosInTime(differenceOfChanges, panel, options),
      ...placebosOverUnits(differenceOfChanges, panel, options),
    ],
  };
};

function differenceOfChanges(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const refusal = refusalOf(panel, neededByPlacebos);
  if (refusal !== undefined) return refused(refusal);
  const { before, periods } = panel;
  const changes = (arm: 0 | 1) =>
    Float64Array.from(
      unitsOf(panel, arm),
      unit => meanOver(panel, unit, before, periods) - meanOver(panel, unit, 0, before),
    );
  const [treated, control] = [changes(1), changes(0)];
  const [gain, still] = [spreadOf(treated), spreadOf(control)];
  const { error, freedom } = welch(
    { count: treated.length, standardDeviation: gain.standardDeviation },
    { count: control.length, standardDeviation: still.standardDeviation },
  );
  const times = treated.length * (periods - before);
  const total = (gain.mean - still.mean) * times;
  const standardError = error * times;
  if (!(standardError > 0)) return refused('all units changed alike, so that no error can be estimated');
  const reach = halfWidth(confidence, freedom) * standardError;
  return {
    total,
    low: total - reach,
    high: total + reach,
    standardError,
    freedom,
    refusal: undefined,
    placebos: [],
    path: undefined,
  };
}

interface Spread {
  count: number;
  standardDeviation: number;
}

/** Standard error of a difference of means and Satterthwaite's degrees of freedom; one treated unit borrows the control's deviation. */
function welch(treated: Spread, control: Spread): { error: number; freedom: number } {
  const b = control.standardDeviation ** 2 / control.count;
  if (treated.count === 1)
    return { error: Math.sqrt(control.standardDeviation ** 2 + b), freedom: control.count - 1 };
  const a = treated.standardDeviation ** 2 / treated.count;
  return {
    error: Math.sqrt(a + b),
    freedom: (a + b) ** 2 / (a ** 2 / (treated.count - 1) + b ** 2 / (control.count - 1)),
  };
}
