import { centred } from './cross-products.ts';
import { totalsByPeriod } from './panel-sums.ts';
import { simplexWeights } from './simplex-weights.ts';
import type { Donors } from './synthetic-donors.ts';

/** More of the variance before the flight than this left over: the controls say next to nothing of the treated. */
const mostLeftOver = 0.9;
/** More than this left over is poor where none of the controls is told as badly by the others. */
const mostWhereControlsAreTold = 0.5;

/**
 * Why weights of the controls tell the treated too badly before the flight to be believed in it (Abadie 2021, Journal of Economic
 * Literature 59(2), on fit and the convex hull): they leave over nine tenths of its variance, or more than half of it and more than of
 * any control that is told by the others. Controls judge because small units are noise that no weights tell.
 *
 * @returns undefined where they tell it well enough
 */
export function poorFit(donors: Donors): string | undefined {
  const { before, control, treated, sizes, size, panel } = donors;
  const left = leftOver(donors, before.count - 1, totalsByPeriod(panel, treated), size);
  if (left <= mostWhereControlsAreTold) return;
  const share = (value: number) => `${(100 * value).toFixed(0)} %`;
  const what = `the best weights of the ${control.length} control units leave over ${share(left)} of the treated units' variance before the flight`;
  if (left > mostLeftOver) return what;
  const worst = control.reduce(
    (most, unit, place) =>
      Math.max(most, leftOver(donors, place, totalsByPeriod(panel, [unit]), sizes[unit]!)),
    0,
  );
  if (left <= worst) return;
  return `${what}, but at most ${share(worst)} of a control unit's`;
}

/** Share of a series' variance over the days before that the best weights of the controls leave over. */
function leftOver(
  { panel: { before: days }, before, products }: Donors,
  target: number,
  outcome: Float64Array,
  size: number,
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
  const variance = observed.reduce((sum, value) => sum + (value - level) ** 2, 0) / size ** 2;
  return variance > 0 ? squares / variance : 0;
}
