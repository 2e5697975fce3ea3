import { centred, rawProducts } from './cross-products.ts';
import type { Panel } from './panel.ts';
import { type Arms, seriesBefore, upTo } from './panel-deviations.ts';
import { simplexWeights } from './simplex-weights.ts';
import { wideSimplexWeights } from './wide-simplex-weights.ts';

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
export function unitWeights(panel: Panel, arms: Arms, deviations: Float64Array, zeta: number): Float64Array {
  const { series, count, length } = seriesBefore(panel, arms, deviations);
  const products = centred(rawProducts(series, { count, length }));
  const target = count - 1;
  return simplexWeights(products, { target, donors: upTo(target), ridge: length * zeta ** 2 });
}

/** λ: weights of the days before under which the controls' mean in the flight is told from them; ridge ζ² by control unit. */
export function dayWeights(
  panel: Panel,
  { control }: Arms,
  deviations: Float64Array,
  zeta: number,
): Float64Array {
  const { periods, before } = panel;
  const ridge = control.length * zeta ** 2;
  // Deviations have mean 0 over the controls on every day: the intercept is out already.
  const flight = Float64Array.from(control, unit => {
    const own = deviations.subarray(unit * periods + before, (unit + 1) * periods);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const isWide = before > control.length && zeta > 0;
  const days = isWide ? wideSimplexWeights(daysBefore(panel, control, deviations), flight, ridge) : undefined;
  return days ?? narrowDayWeights(panel, control, deviations, { flight, ridge });
}

/** Deviations of the days before by control unit. */
function daysBefore({ periods, before }: Panel, control: readonly number[], deviations: Float64Array) {
  const days = new Float64Array(control.length * before);
  control.forEach((unit, row) => {
    days.set(deviations.subarray(unit * periods, unit * periods + before), row * before);
  });
  return days;
}

function narrowDayWeights(
  { periods, before }: Panel,
  control: readonly number[],
  deviations: Float64Array,
  { flight, ridge }: { flight: Float64Array; ridge: number },
): Float64Array {
  const length = control.length;
  const series = new Float64Array((before + 1) * length);
  control.forEach((unit, row) => {
    for (let period = 0; period < before; period++) {
      series[period * length + row] = deviations[unit * periods + period]!;
    }
  });
  series.set(flight, before * length);
  const products = rawProducts(series, { count: before + 1, length });
  return simplexWeights(products, { target: before, donors: upTo(before), ridge });
}
