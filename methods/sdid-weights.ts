import { centred, rawProducts } from './cross-products.ts';
import type { Panel } from './panel.ts';
import { meanOver } from './panel-sums.ts';
import { simplexWeights } from './simplex-weights.ts';

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

/**
 * The scale of both ridges, ζ = (treated units × days of flight)^¼ · σ, σ being the standard deviation of the controls' changes from
 * day to day before the flight (Arkhangelsky et al. 2021, equation 5). In the unit of the outcome.
 */
export function regularisation({ periods, before, outcome }: Panel, { control, treated }: Arms): number {
  const count = control.length * (before - 1);
  let [sum, squares] = [0, 0];
  for (const unit of control) {
    for (let at = unit * periods + 1; at < unit * periods + before; at++)
      sum += outcome[at]! - outcome[at - 1]!;
  }
  for (const unit of control) {
    for (let at = unit * periods + 1; at < unit * periods + before; at++) {
      squares += (outcome[at]! - outcome[at - 1]! - sum / count) ** 2;
    }
  }
  return (treated.length * (periods - before)) ** 0.25 * Math.sqrt(squares / (count - 1));
}

/** ω: weights of the controls, by place, under which they move before the flight as the treated do on average; ridge ζ² by day. */
export function unitWeights(
  { periods, before }: Panel,
  { control, treated }: Arms,
  deviations: Float64Array,
  zeta: number,
): Float64Array {
  const target = control.length;
  const series = new Float64Array((target + 1) * before);
  control.forEach((unit, place) => {
    series.set(deviations.subarray(unit * periods, unit * periods + before), place * before);
  });
  for (const unit of treated) {
    for (let period = 0; period < before; period++) {
      series[target * before + period]! += deviations[unit * periods + period]! / treated.length;
    }
  }
  const products = centred(rawProducts(series, { count: target + 1, length: before }));
  return simplexWeights(products, { target, donors: upTo(target), ridge: before * zeta ** 2 });
}

/** λ: weights of the days before under which the controls' mean in the flight is told from them; ridge ζ² by control unit. */
export function dayWeights(
  { periods, before }: Panel,
  { control }: Arms,
  deviations: Float64Array,
  zeta: number,
): Float64Array {
  const rows = control.length;
  const series = new Float64Array((before + 1) * rows);
  control.forEach((unit, row) => {
    const from = unit * periods;
    for (let period = 0; period < before; period++) {
      series[period * rows + row] = deviations[from + period]!;
    }
    for (let period = before; period < periods; period++) {
      series[before * rows + row]! += deviations[from + period]! / (periods - before);
    }
  });
  const products = centred(rawProducts(series, { count: before + 1, length: rows }));
  return simplexWeights(products, { target: before, donors: upTo(before), ridge: rows * zeta ** 2 });
}

function upTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, place) => place);
}
