import type { Panel } from './panel.ts';
import { poissonTail } from './poisson-tail.ts';

const week = 7;
/** Units whose days without a row would come about less often than this by chance have lost rows. */
const tooUnlikely = 1e-4;

/**
 * Whether days without a row can be days without a sale, which shops seldom write down. They can where the panel writes no 0 at all,
 * has rows on every day, and every unit that lacks days sells so irregularly that so many of them are due: sales that are sums of
 * single purchases are 0 with probability exp(−λ), and the variance of such sums makes λ at least μ²/σ². The deviation σ is that of
 * changes from the same weekday a week before, so that no season passes for chance.
 *
 * @param panel NaN where there is no row
 */
export function areQuietDays({ units, periods, outcome }: Panel): boolean {
  if (outcome.includes(0)) return false;
  const isSold = (period: number) =>
    Array.from({ length: units }, (_, unit) => outcome[unit * periods + period]!).some(Number.isFinite);
  if (!Array.from({ length: periods }, (_, period) => period).every(isSold)) return false;
  for (let unit = 0; unit < units; unit++) {
    const sales = outcome.subarray(unit * periods, (unit + 1) * periods);
    const missing = sales.filter(Number.isNaN).length;
    if (missing > 0 && !(poissonTail(missing, periods * Math.exp(-purchases(sales))) >= tooUnlikely))
      return false;
  }
  return true;
}

/** At least so many purchases a day, by how irregular a unit's days are; NaN where there are too few days to tell. */
function purchases(sales: Float64Array): number {
  const known = sales.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const changes = sales
    .slice(week)
    .map((value, day) => value - sales[day]!)
    .filter(Number.isFinite);
  const variance = changes.reduce((sum, value) => sum + value ** 2, 0) / changes.length / 2;
  return mean ** 2 / variance;
}
