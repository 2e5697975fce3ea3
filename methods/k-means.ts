import { type Points, rowsOf, sampleOf, weightOf } from './points.ts';
import type { Random } from './random.ts';

export interface Clustering {
  /** Length k × columns: the (weighted) mean of each group, row after row. */
  centres: Float64Array;
  /** Length `rows`: the group of each point, the nearest centre's. */
  labels: Int32Array;
  /** Sum over the points of the squared distance to their centre, times their weight. */
  inertia: number;
}

export interface KMeansEffort {
  /** Seedings tried, of which the one with the least inertia goes on. Of few points many are cheap: 100 up to 2,000, else 10. */
  restarts?: number;
  /** Seedings are tried and brought to rest on at most so many points. */
  sample?: number;
  /** Rounds of Lloyd's algorithm at most, in each trial and over all points. */
  rounds?: number;
}

/**
 * k-means by Lloyd's algorithm (1982) from greedy k-means++ seeds (Arthur & Vassilvitskii 2007; several candidates for each
 * seed, the one that leaves the least inertia is taken).
 *
 * The restarts run on a sample; the best of them then settles over all points. Ends when no point changes its group.
 *
 * @param k groups, at least 1 and at most the number of points
 * @throws RangeError for any other k
 */
export function kMeans(points: Points, k: number, random: Random, effort: KMeansEffort = {}): Clustering {
  const { restarts = points.rows <= 2000 ? 100 : 10, sample = 20_000, rounds = 100 } = effort;
  if (!(k >= 1 && k <= points.rows)) throw new RangeError(`${k} groups of ${points.rows} points`);
  const some = points.rows <= sample ? points : rowsOf(points, sampleOf(points.rows, sample, random));
  let best: Clustering | undefined;
  // One group has one solution, whatever the seed.
  for (let trial = 0; trial < (k === 1 ? 1 : restarts); trial++) {
    const found = settle(some, seedsOf(some, k, random), rounds);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return some === points ? best! : settle(points, best!.centres, rounds);
}

/**
 * The nearest centre of each point; of equally near ones the first.
 *
 * @param distances where given, filled with the squared distances
 * @returns the weighted sum of the squared distances, and how many labels changed
 */
export function assign(
  points: Points,
  centres: Float64Array,
  labels: Int32Array,
  distances?: Float64Array,
): { inertia: number; changed: number } {
  const { values, rows, columns, weights } = points;
  const k = centres.length / columns;
  let inertia = 0;
  let changed = 0;
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let group = 0, centre = 0; group < k; group++, centre += columns) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        const apart = values[at + column]! - centres[centre + column]!;
        sum += apart * apart;
      }
      if (sum < least) {
        least = sum;
        nearest = group;
      }
    }
    if (labels[row] !== nearest) changed++;
    labels[row] = nearest;
    inertia += least * (weights === undefined ? 1 : weights[row]!);
    if (distances !== undefined) distances[row] = least;
  }
  return { inertia, changed };
}

function settle(points: Points, seeds: Float64Array, rounds: number): Clustering {
  const centres = seeds.slice();
  const labels = new Int32Array(points.rows).fill(-1);
  let { inertia } = assign(points, centres, labels);
  for (let round = 0; round < rounds; round++) {
    moveToMeans(points, labels, centres);
    const { inertia: now, changed } = assign(points, centres, labels);
    inertia = now;
    if (changed === 0) break;
  }
  return { centres, labels, inertia };
}

/** Puts each centre at the mean of its points; a group that lost all of them begins anew at the point farthest from its centre. */
function moveToMeans(points: Points, labels: Int32Array, centres: Float64Array): void {
  const { values, rows, columns, weights } = points;
  const k = centres.length / columns;
  const before = centres.slice();
  const totals = new Float64Array(k);
  centres.fill(0);
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    const group = labels[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    totals[group]! += weight;
    const centre = group * columns;
    for (let column = 0; column < columns; column++)
      centres[centre + column]! += weight * values[at + column]!;
  }
  const taken = new Set<number>();
  for (let group = 0; group < k; group++) {
    const centre = group * columns;
    if (totals[group] === 0) {
      const row = farthest(points, labels, before, taken);
      taken.add(row);
      centres.set(values.subarray(row * columns, (row + 1) * columns), centre);
    } else {
      for (let column = 0; column < columns; column++) centres[centre + column]! /= totals[group]!;
    }
  }
}

function farthest(
  { values, rows, columns }: Points,
  labels: Int32Array,
  centres: Float64Array,
  taken: Set<number>,
): number {
  let found = 0;
  let most = -1;
  for (let row = 0; row < rows; row++) {
    const sum = squaredDistance(values, row * columns, centres, labels[row]! * columns, columns);
    if (sum > most && !taken.has(row)) {
      most = sum;
      found = row;
    }
  }
  return found;
}

/** Seeds drawn by weighted squared distance from those already there; of 2 + ln k candidates each, the best. */
function seedsOf(points: Points, k: number, random: Random): Float64Array {
  const { values, rows, columns } = points;
  const seeds = new Float64Array(k * columns);
  const first = drawn(points.weights ?? evenly(rows), undefined, random);
  seeds.set(values.subarray(first * columns, (first + 1) * columns));
  let nearest: Float64Array = new Float64Array(rows);
  let total = distancesTo(points, first, undefined, nearest);
  const candidates = 2 + Math.floor(Math.log(k));
  for (let seed = 1; seed < k; seed++) {
    let best: { row: number; total: number; nearest: Float64Array } | undefined;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const row = drawn(nearest, total, random);
      const closer = new Float64Array(rows);
      const left = distancesTo(points, row, nearest, closer);
      if (best === undefined || left < best.total) best = { row, total: left, nearest: closer };
    }
    seeds.set(values.subarray(best!.row * columns, (best!.row + 1) * columns), seed * columns);
    ({ total, nearest } = best!);
  }
  return seeds;
}

/** Weighted squared distances to a point, or to those so far where they are nearer; returns their sum. */
function distancesTo(
  points: Points,
  row: number,
  soFar: Float64Array | undefined,
  result: Float64Array,
): number {
  const { values, rows, columns } = points;
  let total = 0;
  for (let other = 0; other < rows; other++) {
    const sum =
      weightOf(points, other) * squaredDistance(values, other * columns, values, row * columns, columns);
    result[other] = soFar === undefined ? sum : Math.min(sum, soFar[other]!);
    total += result[other]!;
  }
  return total;
}

function evenly(rows: number): Float64Array {
  return new Float64Array(rows).fill(1);
}

function drawn(weights: Float64Array, total: number | undefined, random: Random): number {
  let rest = random.next() * (total ?? weights.reduce((sum, weight) => sum + weight, 0));
  for (let row = 0; row < weights.length; row++) {
    rest -= weights[row]!;
    if (rest < 0) return row;
  }
  // Where all points are the same, or rounding left a rest.
  return random.below(weights.length);
}

/** Squared Euclidean distance between two rows, each given by its array and where it begins there. */
export function squaredDistance(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  columns: number,
): number {
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    const apart = a[atA + column]! - b[atB + column]!;
    sum += apart * apart;
  }
  return sum;
}
