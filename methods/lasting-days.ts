import type { Line } from './least-squares-line.ts';

/** Batches of residuals that are left at least, where there are as many weeks. */
const batches = 8;
const week = 7;
const mostCorrelation = 0.95;

/**
 * By how much the variance of a sum over the flight exceeds that of as many days which do not resemble their neighbours. At most 1:
 * they do not. Seen in the residuals in two ways:
 *
 * - batch means: the variance of sums over whole weeks against that of single days. Unbiased for days that do not resemble their
 *   neighbours, as the batches' covariance A = L·I − (L²/n)·11' − dd'/Σ(x−x̄)², with d a batch's sum of x − x̄, is known; degrees of
 *   freedom by Satterthwaite, (tr A)² / tr A²;
 * - where the batches find more than 1, also the correlation of a day with the day before, freed of its bias in a short series
 *   (Kendall 1954, −(1 + 3ρ)/n, beside 1/n for the slope), as a first-order autoregression; the larger one counts.
 */
export function lastingOf(line: Line, x: Float64Array, during: number): { ratio: number; freedom: number } {
  const { residuals, deviation } = line;
  const n = residuals.length;
  const weeks = Math.floor(n / week);
  const length = week * Math.max(1, Math.min(Math.floor(weeks / batches), Math.floor(during / week)));
  const count = Math.floor(n / length);
  const sums = (values: Float64Array) =>
    Float64Array.from({ length: count }, (_, batch) =>
      sum(values.subarray(n - (batch + 1) * length, n - batch * length)),
    );
  const mean = sum(x) / n;
  const centred = x.map(value => value - mean);
  const squares = sum(centred.map(value => value ** 2));
  const distances = sums(centred);
  let [trace, traceOfSquare] = [0, 0];
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++) {
      const own = row === column ? length : 0;
      const entry = own - length ** 2 / n - (distances[row]! * distances[column]!) / squares;
      if (row === column) trace += entry;
      traceOfSquare += entry ** 2;
    }
  const ratio = sum(sums(residuals).map(value => value ** 2)) / trace / deviation ** 2;
  const freedom = trace ** 2 / traceOfSquare;
  return { ratio: ratio > 1 ? Math.max(ratio, autoregressionRatio(residuals, during)) : ratio, freedom };
}

/**
 * Variance of a sum of `during` days against that of as many independent ones, by a first-order autoregression.
 *
 * @param lost number of coefficients that were fitted before these residuals were left
 */
export function autoregressionRatio(residuals: Float64Array, during: number, lost = 2): number {
  const n = residuals.length;
  const neighbours = sum(residuals.map((value, day) => (day === 0 ? 0 : value * residuals[day - 1]!)));
  const raw = neighbours / sum(residuals.map(value => value ** 2));
  const correlation = Math.min(mostCorrelation, Math.max(0, raw + (lost + (1 + lost) * raw) / n));
  let ratio = 1;
  for (let lag = 1; lag < during; lag++) ratio += 2 * (1 - lag / during) * correlation ** lag;
  return ratio;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
