import { centred } from './cross-products.ts';
import { totalsByPeriod } from './panel-sums.ts';
import { simplexWeights } from './simplex-weights.ts';
import type { Donors } from './synthetic-donors.ts';

/** Where weights leave more than this share of the variance before the flight, the controls tell another story than the treated. */
const mostLeftOver = 0.5;

/**
 * Why weights of the controls tell the treated too badly before the flight to be believed in it: they leave over more than half of
 * its variance, and more than they leave over of any control that is told by the others (Abadie 2021, Journal of Economic Literature
 * 59(2), on fit and the convex hull). Controls judge because small units are noise that no weights tell.
 *
 * @returns undefined where they tell it well enough
 */
export function poorFit(donors: Donors): string | undefined {
  const { before, control, treated, panel } = donors;
  const target = before.count - 1;
  const left = leftOver(donors, target, totalsByPeriod(panel, treated), treated.length);
  if (left <= mostLeftOver) return;
  let worst = 0;
  control.forEach((unit, place) => {
    worst = Math.max(worst, leftOver(donors, place, totalsByPeriod(panel, [unit]), 1));
  });
  if (left <= worst) return;
  const share = (value: number) => `${(100 * value).toFixed(0)} %`;
  return `no weights of the ${control.length} control units tell the treated before the flight: ${share(left)} of the variance is left over, and at most ${share(worst)} where a control unit is told by the others`;
}

/** Share of a series' variance over the days before that the best weights of the controls leave over. */
function leftOver(
  { panel: { before: days }, before, products }: Donors,
  target: number,
  outcome: Float64Array,
  units: number,
): number {
  const all = centred(products);
  const donors = Int32Array.from({ length: before.count - 1 }, (_, place) => place).filter(
    place => place !== target,
  );
  const weights = simplexWeights(all, { target, donors, ridge: 0 });
  let squares = all.values[target * all.count + target]!;
  donors.forEach((donor, place) => {
    const weight = weights[place]!;
    if (weight === 0) return;
    squares -= 2 * weight * all.values[target * all.count + donor]!;
    donors.forEach((other, at) => {
      squares += weight * weights[at]! * all.values[donor * all.count + other]!;
    });
  });
  const observed = outcome.subarray(0, days);
  const level = observed.reduce((sum, value) => sum + value, 0) / days;
  const variance = observed.reduce((sum, value) => sum + (value - level) ** 2, 0) / units ** 2;
  return variance > 0 ? squares / variance : 0;
}
