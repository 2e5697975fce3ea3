import type { Panel } from './panel.ts';

/** Numbers of the units of an arm (1 treated, 0 control), rising. */
export function unitsOf(panel: Panel, arm: 0 | 1): number[] {
  return Array.from({ length: panel.units }, (_, unit) => unit).filter(unit => panel.treated[unit] === arm);
}

/** By period, the outcome of all these units together. */
export function totalsByPeriod({ periods, outcome }: Panel, units: readonly number[]): Float64Array {
  const totals = new Float64Array(periods);
  for (const unit of units)
    for (let period = 0; period < periods; period++) totals[period]! += outcome[unit * periods + period]!;
  return totals;
}

/** Mean outcome of one unit over the periods from … to−1. */
export function meanOver({ periods, outcome }: Panel, unit: number, from: number, to: number): number {
  let sum = 0;
  for (let period = from; period < to; period++) sum += outcome[unit * periods + period]!;
  return sum / (to - from);
}

/** The panel of these units alone, its first `to` periods, with a flight that begins at `before`. */
export function partOf(
  panel: Panel,
  {
    units,
    treated,
    before,
    to,
  }: { units: readonly number[]; treated: Uint8Array; before: number; to: number },
): Panel {
  const outcome = new Float64Array(units.length * to);
  units.forEach((unit, row) => {
    const start = unit * panel.periods;
    outcome.set(panel.outcome.subarray(start, start + to), row * to);
  });
  return { units: units.length, periods: to, before, outcome, treated };
}
