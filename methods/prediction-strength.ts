import { assign, type KMeansEffort, kMeans } from './k-means.ts';
import { type Points, rowsOf, shuffled } from './points.ts';
import type { Random } from './random.ts';

/**
 * Prediction strength of k groups (Tibshirani & Walther 2005): how well groups found in one half of the points foretell who
 * belongs together in the other half. For each group of the tested half, the share of its pairs that the centres of the other
 * half leave together; the weakest group counts. A group of one point has no pair, and foretells nothing: 0.
 *
 * @param splits random halvings; in each, either half is foretold by the other, and the mean of all is taken
 * @returns 0..1; 1 for one group
 */
export function predictionStrength(
  points: Points,
  k: number,
  random: Random,
  splits = 20,
  effort: KMeansEffort = {},
): number {
  if (k === 1) return 1;
  const half = Math.floor(points.rows / 2);
  if (half < k) return 0;
  let sum = 0;
  for (let split = 0; split < splits; split++) {
    const order = shuffled(points.rows, random);
    const halves = [order.subarray(0, half), order.subarray(half)].map(rows => {
      const part = rowsOf(points, rows);
      return { part, found: kMeans(part, k, random, effort) };
    });
    const [a, b] = halves as [(typeof halves)[0], (typeof halves)[0]];
    sum +=
      strengthOf(a.part, a.found.labels, b.found.centres) +
      strengthOf(b.part, b.found.labels, a.found.centres);
  }
  return sum / (2 * splits);
}

/** The least share, over the groups, of pairs that stay together when other centres assign the points. */
export function strengthOf(points: Points, labels: Int32Array, centres: Float64Array): number {
  const k = centres.length / points.columns;
  const foretold = new Int32Array(points.rows);
  assign(points, centres, foretold);
  const together = new Int32Array(k * k);
  for (let row = 0; row < points.rows; row++) together[labels[row]! * k + foretold[row]!]!++;
  let least = 1;
  for (let group = 0; group < k; group++) {
    let size = 0;
    let pairs = 0;
    for (let other = 0; other < k; other++) {
      const count = together[group * k + other]!;
      size += count;
      pairs += count * (count - 1);
    }
    least = Math.min(least, size < 2 ? 0 : pairs / (size * (size - 1)));
  }
  return least;
}
