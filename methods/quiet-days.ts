import type { Panel } from './panel.ts';
import { poissonTail } from './poisson-tail.ts';

const week = 7;
/** Units whose days without a row would come about less often than this by chance have lost rows. */
const tooUnlikely = 1e-4;

/**
 * Whether days without a row can be days without a sale, which shops seldom write down. They can where the panel writes no 0 at all,
 * has rows on every day, and every unit that lacks days sells so irregularly that so many of them are due: sales that are sums of
 * single purchases are 0 with probability exp(−λ), and the variance of such sums makes λ at least μ²/σ². The deviation σ is that of
 * changes from the same weekday a week before, so that no season passes for chance. Days in a row are not due: weeks that lack
 * were closed or lost.
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
    if (missing === 0) continue;
    const isDue = poissonTail(missing, periods * Math.exp(-purchases(sales))) >= tooUnlikely;
    const isScattered = periods * (missing / periods) ** longestGap(sales) >= tooUnlikely;
    if (!isDue || !isScattered) return false;
  }
  return true;
}

function longestGap(sales: Float64Array): number {
  let [longest, running] = [0, 0];
  for (const value of sales) {
    running = Number.isNaN(value) ? running + 1 : 0;
    longest = Math.max(longest, running);
  }
  return longest;
}

/**
 * At least so many purchases a day, by how irregular a unit's days are, were days without a row such without a sale: a row lost
 * among many purchases leaves far too many still.
 */
function purchases(rows: Float64Array): number {
  const sales = rows.map(value => (Number.isNaN(value) ? 0 : value));
  const mean = sales.reduce((sum, value) => sum + value, 0) / sales.length;
  const changes = sales.slice(week).map((value, day) => value - sales[day]!);
  const variance = changes.reduce((sum, value) => sum + value ** 2, 0) / changes.length / 2;
  return mean ** 2 / variance;
}
