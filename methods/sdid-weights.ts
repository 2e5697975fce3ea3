import { centred, rawProducts } from './cross-products.ts';
import type { Panel } from './panel.ts';
import { type Arms, seriesBefore, upTo } from './panel-deviations.ts';
import { type RidgeSimplexFit, ridgeSimplex } from './ridge-simplex.ts';
import { simplexWeights } from './simplex-weights.ts';

/** σ: standard deviation of the controls' changes from day to day before the flight, by size. */
export function noiseOf({ periods, before, outcome }: Panel, { control, sizes }: Arms): number {
  const count = control.length * (before - 1);
  let sum = 0;
  let squares = 0;
  for (const unit of control) {
    for (let at = unit * periods + 1; at < unit * periods + before; at++)
      sum += (outcome[at]! - outcome[at - 1]!) / sizes[unit]!;
  }
  for (const unit of control) {
    for (let at = unit * periods + 1; at < unit * periods + before; at++) {
      squares += ((outcome[at]! - outcome[at - 1]!) / sizes[unit]! - sum / count) ** 2;
    }
  }
  return Math.sqrt(squares / (count - 1));
}

/**
 * ω: weights of the controls, by place, under which they move before the flight as the treated do on average, with a ridge of
 * ζ = (treated units × days of flight)^¼ · σ by day (Arkhangelsky et al. 2021, equation 5).
 */
export function unitWeights(panel: Panel, arms: Arms, deviations: Float64Array, noise: number): Float64Array {
  const { series, count, length } = seriesBefore(panel, arms, deviations);
  const products = centred(rawProducts(series, { count, length }));
  const target = count - 1;
  const zeta = (arms.treated.length * (panel.periods - panel.before)) ** 0.25 * noise;
  return simplexWeights(products, { target, donors: upTo(target), ridge: length * zeta ** 2 });
}

/**
 * λ: weights of the days before under which each control's mean in the flight is told from them, but for what all share, with a ridge of
 * σ by control; and what they leave over of each control that they have not seen.
 */
export function dayWeights(
  { periods, before }: Panel,
  { control }: Arms,
  deviations: Float64Array,
  noise: number,
): RidgeSimplexFit {
  const days = new Float64Array(control.length * before);
  const flight = new Float64Array(control.length);
  control.forEach((unit, row) => {
    const own = deviations.subarray(unit * periods, (unit + 1) * periods);
    days.set(own.subarray(0, before), row * before);
    flight[row] = own.subarray(before).reduce((sum, value) => sum + value, 0) / (periods - before);
  });
  // Deviations have mean 0 over the controls on every day: the intercept is out already.
  return ridgeSimplex({ donors: days, target: flight, ridge: control.length * noise ** 2 });
}
