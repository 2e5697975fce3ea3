import { type CrossProducts, centred, rawProducts } from './cross-products.ts';
import type { Panel } from './panel.ts';

/** Synthetic difference-in-differences before anyone is said to be treated: a panel's products, made once for all fits on it. */
export interface SdidBasis {
  units: number;
  before: number;
  periods: number;
  /** Outcome less the unit's mean before and the period's mean over controls, which no weights that sum to 1 see; unit-major. */
  deviations: Float64Array;
  /** Units as series over the periods before; the last series is the mean of the treated. */
  byUnit: CrossProducts;
  /** σ: standard deviation of the controls' changes from period to period before the flight. */
  noise: number;
}

export interface SdidFit {
  /** τ: the effect by treated unit and period. */
  effect: number;
  /** ω by place in `controls`, sums to 1. */
  units: Float64Array;
  /** λ by period before, sums to 1. */
  periods: Float64Array;
}

/** Numbers of the units of one arm, ascending. */
export function unitsOf({ treated }: Panel, arm: 0 | 1): Int32Array {
  return Int32Array.from([...treated.keys()].filter(unit => treated[unit] === arm));
}

/** @param panel at least one unit in each arm and two periods before */
export function sdidBasis(panel: Panel): SdidBasis {
  const { units, periods, before } = panel;
  const controls = unitsOf(panel, 0);
  const treated = unitsOf(panel, 1);
  const deviations = deviationsOf(panel, controls);
  const series = new Float64Array((units + 1) * before);
  for (let unit = 0; unit < units; unit++) {
    series.set(deviations.subarray(unit * periods, unit * periods + before), unit * before);
  }
  for (const unit of treated) {
    for (let period = 0; period < before; period++) {
      series[units * before + period]! += deviations[unit * periods + period]! / treated.length;
    }
  }
  return {
    units,
    before,
    periods,
    deviations,
    byUnit: centred(rawProducts(series, { count: units + 1, length: before })),
    noise: noiseOf(panel, controls),
  };
}

function deviationsOf({ units, periods, before, outcome }: Panel, controls: Int32Array): Float64Array {
  const deviations = new Float64Array(outcome.length);
  for (let unit = 0; unit < units; unit++) {
    let mean = 0;
    for (let period = 0; period < before; period++) mean += outcome[unit * periods + period]! / before;
    for (let period = 0; period < periods; period++) {
      deviations[unit * periods + period] = outcome[unit * periods + period]! - mean;
    }
  }
  for (let period = 0; period < periods; period++) {
    let mean = 0;
    for (const unit of controls) mean += deviations[unit * periods + period]! / controls.length;
    for (let unit = 0; unit < units; unit++) deviations[unit * periods + period]! -= mean;
  }
  return deviations;
}

function noiseOf({ periods, before, outcome }: Panel, controls: Int32Array): number {
  const changes: number[] = [];
  for (const unit of controls) {
    for (let period = 1; period < before; period++) {
      changes.push(outcome[unit * periods + period]! - outcome[unit * periods + period - 1]!);
    }
  }
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  return Math.sqrt(changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (changes.length - 1));
}

/** Change of a unit's outcome: its mean in the flight less the λ-weighted mean before. */
export function weightedChange(
  { before, periods, deviations }: SdidBasis,
  unit: number,
  lambda: Float64Array,
): number {
  let change = 0;
  for (let period = 0; period < before; period++)
    change -= lambda[period]! * deviations[unit * periods + period]!;
  for (let period = before; period < periods; period++) {
    change += deviations[unit * periods + period]! / (periods - before);
  }
  return change;
}
