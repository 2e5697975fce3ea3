import type { Panel } from './panel.ts';
import { meanOver, unitsOf } from './panel-sums.ts';

/** Whether units are taken to move by the same amounts or by the same shares of their size. */
export type Scale = 'amounts' | 'proportions';

export interface Arms {
  control: readonly number[];
  treated: readonly number[];
  /** What each unit's outcome is divided by: 1, or its mean over the days before. */
  sizes: Float64Array;
  /** Of the treated units together. */
  size: number;
}

/** Whether every unit has a size that its outcome can be divided by. */
export function hasSizes(panel: Panel): boolean {
  return Array.from({ length: panel.units }, (_, unit) => meanOver(panel, unit, 0, panel.before)).every(
    mean => mean > 0,
  );
}

/** @param scale `proportions` only where `hasSizes` */
export function armsOf(panel: Panel, scale: Scale): Arms {
  const sizes = Float64Array.from({ length: panel.units }, (_, unit) =>
    scale === 'amounts' ? 1 : meanOver(panel, unit, 0, panel.before),
  );
  const treated = unitsOf(panel, 1);
  const size = treated.reduce((sum, unit) => sum + sizes[unit]!, 0);
  return { control: unitsOf(panel, 0), treated, sizes, size };
}

/**
 * Each outcome by size, less its unit's mean before the flight and less what is left of the controls' mean on its day: weights that
 * sum to 1, with an intercept, see no difference, but sums of products lose no digits to levels and seasons that all share.
 */
export function deviationsOf(panel: Panel, { control, sizes }: Arms): Float64Array {
  const { units, periods, before, outcome } = panel;
  const deviations = new Float64Array(outcome.length);
  for (let unit = 0; unit < units; unit++) {
    const mean = meanOver(panel, unit, 0, before);
    for (let at = unit * periods; at < (unit + 1) * periods; at++)
      deviations[at] = (outcome[at]! - mean) / sizes[unit]!;
  }
  for (let period = 0; period < periods; period++) {
    let mean = 0;
    for (const unit of control) mean += deviations[unit * periods + period]! / control.length;
    for (let unit = 0; unit < units; unit++) deviations[unit * periods + period]! -= mean;
  }
  return deviations;
}

/** By control unit and, last, for the treated together: the deviations over the days before, series after series. */
export function seriesBefore(
  { periods, before }: Panel,
  { control, treated, sizes, size }: Arms,
  deviations: Float64Array,
): { series: Float64Array; count: number; length: number } {
  const last = control.length;
  const series = new Float64Array((last + 1) * before);
  control.forEach((unit, place) => {
    series.set(deviations.subarray(unit * periods, unit * periods + before), place * before);
  });
  for (const unit of treated) {
    for (let period = 0; period < before; period++) {
      series[last * before + period]! += (sizes[unit]! / size) * deviations[unit * periods + period]!;
    }
  }
  return { series, count: last + 1, length: before };
}

/** Whether an error of the flight's total is none, or no more than what rounding leaves of sums of these outcomes. */
export function isRounding(
  standardError: number,
  { units, periods, before, outcome, treated }: Panel,
): boolean {
  let scale = 0;
  for (let unit = 0; unit < units; unit++) {
    if (treated[unit] === 0) continue;
    for (let at = unit * periods + before; at < (unit + 1) * periods; at++) scale += Math.abs(outcome[at]!);
  }
  return !(standardError > scale * 1e-12);
}

/** The numbers 0 … count−1. */
export function upTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, place) => place);
}
