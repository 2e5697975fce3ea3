import { assign, type KMeansEffort, kMeans } from './k-means.ts';
import { type Points, rowsOf, shuffled, weightOf } from './points.ts';
import type { Random } from './random.ts';

export interface Strength {
  /** Mean over all halvings, 0..1. */
  strength: number;
  /** Its standard error: how far another set of halvings may lead. */
  error: number;
}

/** Halvings before anything is clear, and the standard errors from the threshold at which it is. */
const fewestSplits = 10;
const clear = 5;

/**
 * Prediction strength of k groups (Tibshirani & Walther 2005): how well groups found in one half of the points foretell who
 * belongs together in the other half. For each group of the tested half, the share of its pairs that the centres of the other
 * half leave together; the weakest group counts. A group of one point has no pair, and foretells nothing: 0. A pair of weighted
 * points counts with the product of their weights.
 *
 * @param threshold what the strength is asked to exceed: halving ends when it is clear whether it does
 * @param mostSplits random halvings at most; in each, either half is foretold by the other, and the mean of all is taken
 * @returns 1 for one group, 0 where a half has fewer points than groups
 */
export function predictionStrength(
  points: Points,
  k: number,
  random: Random,
  threshold: number,
  mostSplits: number,
  effort: KMeansEffort = {},
): Strength {
  if (k === 1) return { strength: 1, error: 0 };
  const half = Math.floor(points.rows / 2);
  if (half < k) return { strength: 0, error: 0 };
  const found: number[] = [];
  while (found.length < mostSplits) {
    const order = shuffled(points.rows, random);
    const halves = [order.subarray(0, half), order.subarray(half)].map(rows => {
      const part = rowsOf(points, rows);
      return { part, found: kMeans(part, k, random, effort) };
    });
    const [a, b] = halves as [(typeof halves)[0], (typeof halves)[0]];
    const there = strengthOf(a.part, a.found.labels, b.found.centres);
    const back = strengthOf(b.part, b.found.labels, a.found.centres);
    found.push((there + back) / 2);
    const { strength, error } = meanOf(found);
    if (found.length >= fewestSplits && Math.abs(strength - threshold) > clear * error) break;
  }
  return meanOf(found);
}

function meanOf(values: readonly number[]): Strength {
  const strength = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - strength) ** 2, 0) / Math.max(1, values.length - 1);
  return { strength, error: Math.sqrt(variance / values.length) };
}

/** The least share, over the groups, of pairs that stay together when other centres assign the points. */
export function strengthOf(points: Points, labels: Int32Array, centres: Float64Array): number {
  const k = centres.length / points.columns;
  const foretold = new Int32Array(points.rows);
  assign(points, centres, foretold);
  // Of each group, and of each part of it: the sum of the weights, and of their squares.
  const sums = new Float64Array(k * (k + 1));
  const squares = new Float64Array(k * (k + 1));
  for (let row = 0; row < points.rows; row++) {
    const weight = weightOf(points, row);
    const group = labels[row]! * (k + 1);
    for (const at of [group + foretold[row]!, group + k]) {
      sums[at]! += weight;
      squares[at]! += weight * weight;
    }
  }
  const pairs = (at: number) => sums[at]! * sums[at]! - squares[at]!;
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  let least = 1;
  for (let group = 0; group < k; group++) {
    let kept = 0;
    for (let other = 0; other < k; other++) kept += pairs(group * (k + 1) + other);
    least = Math.min(least, sizes[group]! < 2 ? 0 : kept / pairs(group * (k + 1) + k));
  }
  return least;
}
