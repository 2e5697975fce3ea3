import { type KMeansEffort, kMeans } from './k-means.ts';
import { type Points, rowsOf, weightOf } from './points.ts';
import type { Random } from './random.ts';

/**
 * How surely each group is found again (Hennig 2007): the mean, over bootstrap samples, of the greatest Jaccard similarity
 * between the group and a group of the sample, both restricted to the points that were drawn, which count with their weights.
 *
 * @param labels group of each point, 0..k−1
 * @param k groups, in the sample as in the points
 * @returns one value a group, 0..1
 */
export function clusterStability(
  points: Points,
  labels: Int32Array,
  k: number,
  random: Random,
  samples = 50,
  effort: KMeansEffort = {},
): Float64Array {
  const sums = new Float64Array(k);
  const counted = new Int32Array(k);
  for (let sample = 0; sample < samples; sample++) {
    const rows = Int32Array.from({ length: points.rows }, () => random.below(points.rows)).sort();
    const again = kMeans(rowsOf(points, rows), k, random, effort);
    const { similar, present } = similarities(points, rows, labels, again.labels, k);
    for (let group = 0; group < k; group++) {
      // A group of which nobody was drawn can't be found again nor missed.
      if (!present[group]) continue;
      counted[group]!++;
      sums[group]! += similar[group]!;
    }
  }
  return sums.map((sum, group) => (counted[group] === 0 ? 0 : sum / counted[group]!));
}

/** A point that was drawn twice counts once. */
function similarities(points: Points, rows: Int32Array, labels: Int32Array, again: Int32Array, k: number) {
  const both = new Float64Array(k * k);
  const before = new Float64Array(k);
  const after = new Float64Array(k);
  rows.forEach((row, place) => {
    if (place > 0 && rows[place - 1] === row) return;
    const weight = weightOf(points, row);
    before[labels[row]!]! += weight;
    after[again[place]!]! += weight;
    both[labels[row]! * k + again[place]!]! += weight;
  });
  const similar = Float64Array.from({ length: k }, (_, group) => {
    let most = 0;
    for (let other = 0; other < k; other++) {
      const shared = both[group * k + other]!;
      const either = before[group]! + after[other]! - shared;
      if (either > 0) most = Math.max(most, shared / either);
    }
    return most;
  });
  return { similar, present: before.map(count => (count > 0 ? 1 : 0)) };
}
