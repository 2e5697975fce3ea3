import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { isRounding } from './panel-deviations.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { meanOver, unitsOf } from './panel-sums.ts';
import { signedPercent } from './percent.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { fewestUnits } from './smallest-effect.ts';
import { studentEstimate } from './student.ts';
import { weightedLine } from './weighted-line.ts';

/** As many as a first fake flight needs: without one nothing tells whether the arms moved alike. */
const needs = { treated: fewestUnits, control: fewestUnits, before: 17, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 3, before: 1 };
/** Standard errors of a lot by which arms may differ in size before somebody must have chosen. */
const mostByLot = 2;

/**
 * Differences in differences: each unit's change, mean of a day of the flight less mean of a day before, treated less control. One
 * number a unit and period, as days of one unit resemble each other (Bertrand, Duflo & Mullainathan 2004, QJE 119(1)); total =
 * difference × treated units × days of the flight.
 *
 * The error is Welch's (1947), except that an arm's changes vary about their line on the units' sizes: a campaign that adds the same
 * share everywhere adds more where more is sold, which is no doubt about the sum over these units, yet counted as one Welch's
 * interval held the truth in 98 to 99.8 % of simulated panels (bench/TRUTH.md). What size does to changes without a campaign is
 * doubt as far as the arms differ in size, and counts by the control's slope.
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
  const [treated, control] = [armOf(panel, 1), armOf(panel, 0)];
  const { error, freedom } = doubtOf(treated, control);
  const times = treated.count * (periods - before);
  const total = (treated.change - control.change) * times;
  const standardError = error * times;
  if (isRounding(standardError, panel))
    return refused('all units changed alike, so that no error can be estimated');
  return studentEstimate({ total, standardError, freedom }, confidence);
}

/** The units of an arm, and the line of their changes on their sizes. */
interface Arm {
  count: number;
  /** Means of a day before, and of the change. */
  size: number;
  change: number;
  /** Squared distances of sizes from their mean. */
  squares: number;
  slope: number;
  slopeVariance: number;
  /** Of changes about the line. */
  variance: number;
  freedom: number;
}

function armOf(panel: Panel, arm: 0 | 1): Arm {
  const { before, periods } = panel;
  const units = unitsOf(panel, arm);
  const sizes = Float64Array.from(units, unit => meanOver(panel, unit, 0, before));
  const changes = Float64Array.from(
    units,
    (unit, place) => meanOver(panel, unit, before, periods) - sizes[place]!,
  );
  const line = weightedLine(
    sizes,
    changes,
    changes.map(() => 1),
  );
  const squares = line.residuals.reduce((sum, value) => sum + value ** 2, 0);
  const count = units.length;
  const freedom = line.squares === 0 ? count - 1 : count - 2;
  const variance = freedom > 0 ? squares / freedom : Number.NaN;
  return {
    count,
    size: line.mean,
    change: line.intercept + line.slope * line.mean,
    squares: line.squares,
    slope: line.slope,
    slopeVariance: line.squares === 0 ? 0 : variance / line.squares,
    variance,
    freedom,
  };
}

/**
 * Variance that the arms' difference in size adds where changes go with size among the controls, less what the slope has by its own
 * error. A lot seldom makes arms differ by more; what lies beyond was chosen, and `scaleRefusal` judges it.
 */
function imbalanceOf(treated: Arm, control: Arm): number {
  const freedom = treated.count + control.count - 2;
  const byLot = ((treated.squares + control.squares) / freedom) * (1 / treated.count + 1 / control.count);
  const apart = Math.min((treated.size - control.size) ** 2, mostByLot ** 2 * byLot);
  return Math.max(0, control.slope ** 2 - control.slopeVariance) * apart;
}

/** Standard error of the difference and Satterthwaite's degrees of freedom; one or two treated units borrow the control's variance. */
function doubtOf(treated: Arm, control: Arm): { error: number; freedom: number } {
  const isBorrowed = treated.count < 3;
  const still = control.variance / control.count;
  const moved = (isBorrowed ? control.variance : treated.variance) / treated.count;
  return {
    error: Math.sqrt(moved + still + imbalanceOf(treated, control)),
    freedom: isBorrowed
      ? control.freedom
      : (moved + still) ** 2 / (moved ** 2 / treated.freedom + still ** 2 / control.freedom),
  };
}
