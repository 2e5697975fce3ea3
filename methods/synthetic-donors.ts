import { centred, type RawProducts, rawProducts, withoutRows } from './cross-products.ts';
import type { Panel } from './panel.ts';
import { type Arms, armsOf, deviationsOf, type Scale, seriesBefore, upTo } from './panel-deviations.ts';
import { simplexWeights } from './simplex-weights.ts';

/** A panel made ready for fits of its treated mean by its controls over changing sets of days. */
export interface Donors extends Arms {
  panel: Panel;
  deviations: Float64Array;
  /** Each control and, last, the treated mean, over the days before. */
  before: { series: Float64Array; count: number; length: number };
  products: RawProducts;
  /** ω by place in the control arm, fitted on all days before the flight. */
  weights: Float64Array;
}

/** @param panel with both arms and no holes */
export function donorsOf(panel: Panel, scale: Scale): Donors {
  const arms = armsOf(panel, scale);
  const deviations = deviationsOf(panel, arms);
  const before = seriesBefore(panel, arms, deviations);
  const products = rawProducts(before.series, before);
  const target = before.count - 1;
  const weights = simplexWeights(centred(products), { target, donors: upTo(target), ridge: 0 });
  return { panel, ...arms, deviations, before, products, weights };
}

/** ω fitted without the days from … to−1. */
export function weightsWithout(
  { before, products, weights }: Donors,
  days: { from: number; to: number },
): Float64Array {
  const target = before.count - 1;
  const seen = withoutRows(products, rawProducts(before.series, { ...before, ...days }));
  return simplexWeights(centred(seen), { target, donors: upTo(target), ridge: 0, start: weights });
}

/** By period, the treated together less the weighted controls, by size and but for a constant. */
export function gapsOf(
  { panel, control, treated, sizes, size, deviations }: Donors,
  weights: Float64Array,
): Float64Array {
  const { periods } = panel;
  const gaps = new Float64Array(periods);
  const add = (unit: number, weight: number) => {
    const from = unit * periods;
    for (let period = 0; period < periods; period++) gaps[period]! += weight * deviations[from + period]!;
  };
  for (const unit of treated) add(unit, sizes[unit]! / size);
  control.forEach((unit, place) => {
    if (weights[place]! > 0) add(unit, -weights[place]!);
  });
  return gaps;
}
