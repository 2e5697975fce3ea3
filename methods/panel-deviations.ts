import type { Panel } from './panel.ts';
import { meanOver } from './panel-sums.ts';

export interface Arms {
  control: readonly number[];
  treated: readonly number[];
}

/**
 * Each outcome less its unit's mean before the flight and less what is left of the controls' mean on its day: weights that sum to 1,
 * with an intercept, see no difference, but sums of products lose no digits to levels and seasons that all share.
 */
export function deviationsOf(panel: Panel, control: readonly number[]): Float64Array {
  const { units, periods, before, outcome } = panel;
  const deviations = new Float64Array(outcome.length);
  for (let unit = 0; unit < units; unit++) {
    const mean = meanOver(panel, unit, 0, before);
    for (let at = unit * periods; at < (unit + 1) * periods; at++) deviations[at] = outcome[at]! - mean;
  }
  for (let period = 0; period < periods; period++) {
    let mean = 0;
    for (const unit of control) mean += deviations[unit * periods + period]! / control.length;
    for (let unit = 0; unit < units; unit++) deviations[unit * periods + period]! -= mean;
  }
  return deviations;
}

/** By control unit and, last, for the mean of the treated: the deviations over the days before, series after series. */
export function seriesBefore(
  { periods, before }: Panel,
  { control, treated }: Arms,
  deviations: Float64Array,
): { series: Float64Array; count: number; length: number } {
  const last = control.length;
  const series = new Float64Array((last + 1) * before);
  control.forEach((unit, place) => {
    series.set(deviations.subarray(unit * periods, unit * periods + before), place * before);
  });
  for (const unit of treated) {
    for (let period = 0; period < before; period++) {
      series[last * before + period]! += deviations[unit * periods + period]! / treated.length;
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
