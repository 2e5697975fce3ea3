import type { Panel } from '../../../methods/panel.ts';
import { unitsOf } from '../../../methods/panel-sums.ts';

/** Rows of numbers. */
type Table = number[][];

/** Weights ≥ 0 that sum to 1 and minimise ‖target − Σ weight · column‖² + ridge ‖weight‖², by accelerated projected gradients. */
function onSimplex(rows: Table, target: number[], ridge: number): number[] {
  const count = rows[0]!.length;
  const means = rows[0]!.map((_, column) => mean(rows.map(row => row[column]!)));
  const a = rows.map(row => row.map((value, column) => value - means[column]!));
  const b = target.map(value => value - mean(target));
  const gradient = (weights: number[]) => {
    const left = a.map((row, at) => dot(row, weights) - b[at]!);
    return weights.map(
      (weight, column) => ridge * weight + a.reduce((sum, row, at) => sum + row[column]! * left[at]!, 0),
    );
  };
  const steepest = ridge + a.reduce((sum, row) => sum + dot(row, row), 0);
  let weights: number[] = new Array(count).fill(1 / count);
  let ahead = weights;
  let momentum = 1;
  for (let round = 0; round < 100_000; round++) {
    const slope = gradient(ahead);
    const next = projected(ahead.map((weight, column) => weight - slope[column]! / steepest));
    const moved = next.map((weight, column) => weight - weights[column]!);
    if (round > 10 && Math.max(...moved.map(Math.abs)) < 1e-15) return next;
    // Begun anew wherever it overshoots (O'Donoghue & Candès 2015).
    const overshoots =
      dot(
        ahead.map((weight, column) => weight - next[column]!),
        moved,
      ) > 0;
    const following = overshoots ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    ahead = overshoots
      ? next
      : next.map((weight, column) => weight + ((momentum - 1) / following) * moved[column]!);
    [weights, momentum] = [next, following];
  }
  return weights;
}

/** The nearest point whose numbers are ≥ 0 and sum to 1 (Held, Wolfe & Crowder 1974). */
function projected(point: number[]): number[] {
  const sorted = point.toSorted((one, other) => other - one);
  let sum = 0;
  let lift = 0;
  sorted.forEach((value, at) => {
    sum += value;
    if (value > (sum - 1) / (at + 1)) lift = (sum - 1) / (at + 1);
  });
  return point.map(value => Math.max(0, value - lift));
}

/** Outcome of one arm, a row by unit. */
function arm(panel: Panel, wanted: 0 | 1): Table {
  return unitsOf(panel, wanted).map(unit => [
    ...panel.outcome.subarray(unit * panel.periods, (unit + 1) * panel.periods),
  ]);
}

/** τ of synthetic difference-in-differences with ridges of ζ and σ, from the outcomes themselves. */
export function sdidByDefinition(panel: Panel): number {
  const { before, periods } = panel;
  const [control, treated] = [arm(panel, 0), arm(panel, 1)];
  const changes = control.flatMap(unit => unit.slice(1, before).map((value, at) => value - unit[at]!));
  const centre = mean(changes);
  const noise = Math.sqrt(
    changes.reduce((sum, change) => sum + (change - centre) ** 2, 0) / (changes.length - 1),
  );
  const zeta = (treated.length * (periods - before)) ** 0.25 * noise;
  const days = Array.from({ length: before }, (_, day) => day);
  const unitRows = days.map(day => control.map(unit => unit[day]!));
  const treatedMeans = days.map(day => mean(treated.map(unit => unit[day]!)));
  const omega = onSimplex(unitRows, treatedMeans, before * zeta ** 2);
  // The unit's own mean is taken out of all its days, which weights that sum to 1 do not see; it would slow the steps down.
  const own = control.map(unit => unit.map(value => value - mean(unit.slice(0, before))));
  const lambda = onSimplex(
    own.map(unit => unit.slice(0, before)),
    own.map(unit => mean(unit.slice(before))),
    control.length * noise ** 2,
  );
  const change = (unit: number[]) => mean(unit.slice(before)) - dot(unit.slice(0, before), lambda);
  return mean(treated.map(change)) - dot(control.map(change), omega);
}

/** The t-test for synthetic controls with four blocks of this many days: the effects of the four fits. */
export function effectsByDefinition(panel: Panel, length: number): number[] {
  const { before } = panel;
  const [control, treated] = [arm(panel, 0), arm(panel, 1)];
  return [0, 1, 2, 3].map(block => {
    const to = before - block * length;
    const isLeft = (day: number) => day >= to - length && day < to;
    const seen = Array.from({ length: before }, (_, day) => day).filter(day => !isLeft(day));
    const level = (day: number) => mean(control.map(unit => unit[day]!));
    const weights = onSimplex(
      seen.map(day => control.map(unit => unit[day]! - level(day))),
      seen.map(day => mean(treated.map(unit => unit[day]!)) - level(day)),
      0,
    );
    const gaps = treated[0]!.map(
      (_, day) =>
        mean(treated.map(unit => unit[day]!)) -
        dot(
          control.map(unit => unit[day]!),
          weights,
        ),
    );
    return mean(gaps.slice(before)) - mean(gaps.slice(to - length, to));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}
