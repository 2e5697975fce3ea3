import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { isRounding } from './panel-deviations.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { meanOver, unitsOf } from './panel-sums.ts';
import { signedPercent } from './percent.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { fewestUnits, spreadOf } from './smallest-effect.ts';
import { halfWidth } from './student.ts';

/** As many as a first fake flight needs: without one nothing tells whether the arms moved alike. */
const needs = { treated: fewestUnits, control: fewestUnits, before: 17, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 2, before: 1 };

/**
 * Differences in differences: each unit's change, mean of a day of the flight less mean of a day before, treated less control, by
 * Welch's t (1947). One number a unit and period, as days of one unit resemble each other (Bertrand, Duflo & Mullainathan 2004, QJE
 * 119(1)); total = difference × treated units × days of the flight.
 *
 * Assumes that untreated, both arms would have changed by the same amount a unit. Refuses where fake flights say otherwise, and
 * where it matters whether they change by the same amount or the same share: where arms differ in size and sales have grown, the
 * two readings differ by (mean treated − mean control before) × the control's growth, and where that is wider than the interval
 * on one side, an assumption that nobody can test would be the answer.
 */
export const differenceInDifferences: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needs);
  if (refusal !== undefined) return refused(refusal);
  const estimate = differenceOfChanges(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(differenceOfChanges, panel, options),
    ...placebosOverUnits(differenceOfChanges, panel, options),
  ];
  return { ...estimate, refusal: scaleRefusal(panel, estimate) ?? placeboRefusal(placebos), placebos };
};

/** Why the two readings of "would have changed alike" are too far apart. */
function scaleRefusal(panel: Panel, { low, high }: PanelEstimate): string | undefined {
  const { before, periods } = panel;
  const treated = unitsOf(panel, 1);
  const mean = (units: readonly number[], from: number, to: number) =>
    units.reduce((sum, unit) => sum + meanOver(panel, unit, from, to), 0) / units.length;
  const control = unitsOf(panel, 0);
  const [own, others] = [mean(treated, 0, before), mean(control, 0, before)];
  const growth = mean(control, before, periods) / others - 1;
  const apart = Math.abs((own - others) * growth) * treated.length * (periods - before);
  if (!(apart > (high - low) / 2)) return;
  return `treated units differ in size from the control (${signedPercent(own / others - 1)}), whose sales changed by ${signedPercent(growth)}: whether both would have changed by the same amount or the same share decides the answer`;
}

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
  if (isRounding(standardError, panel))
    return refused('all units changed alike, so that no error can be estimated');
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
