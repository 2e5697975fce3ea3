import { squaredDistance } from './k-means.ts';
import { type Points, weightOf } from './points.ts';

/**
 * Silhouette of each point (Rousseeuw 1987): (b − a) / max(a, b), a the mean distance to its own group, b to the nearest other
 * one; 0 for a point that is its group alone. Takes rows² distances.
 *
 * @param labels group of each point, 0..k−1
 * @returns one value a point, −1..1; NaN where there is one group
 */
export function silhouettes(points: Points, labels: Int32Array): Float64Array {
  const { values, rows, columns } = points;
  const k = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  const sums = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < row; other++) {
      const distance = Math.sqrt(squaredDistance(values, row * columns, values, other * columns, columns));
      sums[row * k + labels[other]!]! += distance;
      sums[other * k + labels[row]!]! += distance;
    }
  }
  return Float64Array.from({ length: rows }, (_, row) => {
    const own = labels[row]!;
    if (sizes[own] === rows) return Number.NaN;
    if (sizes[own] === 1) return 0;
    const inside = sums[row * k + own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let group = 0; group < k; group++) {
      if (group !== own && sizes[group]! > 0)
        outside = Math.min(outside, sums[row * k + group]! / sizes[group]!);
    }
    return inside === outside ? 0 : (outside - inside) / Math.max(inside, outside);
  });
}

/** Weighted mean silhouette; NaN where there is one group. */
export function meanSilhouette(points: Points, labels: Int32Array): number {
  let sum = 0;
  let total = 0;
  silhouettes(points, labels).forEach((value, row) => {
    sum += weightOf(points, row) * value;
    total += weightOf(points, row);
  });
  return sum / total;
}
