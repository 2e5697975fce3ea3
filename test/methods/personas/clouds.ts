import { readFileSync } from 'node:fs';
import type { Points } from '../../../methods/points.ts';
import { type Random, seededRandom } from '../../../methods/random.ts';
import { realData } from '../real-data.ts';

export const draw = (seed: number, what = 'cloud') => seededRandom(seed, 'test', what);

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Points made by a function of row and column. */
export function cloud(rows: number, columns: number, value: (row: number, column: number) => number): Points {
  const values = Float64Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  );
  return { values, rows, columns };
}

export const evenCloud = (rows: number, columns: number, seed: number) => {
  const random = draw(seed);
  return cloud(rows, columns, () => random.next());
};

/** One long group: columns that share most of their variance. */
export function longCloud(rows: number, columns: number, correlation: number, seed: number): Points {
  const random = draw(seed);
  const shared = Float64Array.from({ length: rows }, () => normal(random));
  return cloud(
    rows,
    columns,
    row => Math.sqrt(correlation) * shared[row]! + Math.sqrt(1 - correlation) * normal(random),
  );
}

/** Groups of equal size around places so many standard deviations apart; point i belongs to group i mod their number. */
export function blobs(rows: number, places: readonly (readonly number[])[], seed: number): Points {
  const random = draw(seed);
  return cloud(
    rows,
    places[0]!.length,
    (row, column) => places[row % places.length]![column]! + normal(random),
  );
}

/** The flowers of iris: four measures of each, and the species. */
export function iris(): { points: Points; species: number[] } {
  const rows = readFileSync(realData('iris.csv'), 'utf8').trim().split('\n').slice(1);
  const numbers = rows.map(row => row.split(',').map(Number));
  return {
    points: cloud(numbers.length, 4, (row, column) => numbers[row]![column]!),
    species: numbers.map(row => row[4]!),
  };
}

/** The penguins of which all four measures are known, and their species. */
export function penguins(): { points: Points; species: number[] } {
  const rows = readFileSync(realData('penguins.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(row => row.split(','))
    .filter(row => row.slice(2, 6).every(cell => cell !== '' && Number.isFinite(Number(cell))));
  const names = [...new Set(rows.map(row => row[0]!))];
  return {
    points: cloud(rows.length, 4, (row, column) => Number(rows[row]![column + 2])),
    species: rows.map(row => names.indexOf(row[0]!)),
  };
}

export function standardise(points: Points): Points {
  const columns = Array.from({ length: points.columns }, (_, column) => {
    const values = Array.from(
      { length: points.rows },
      (_, row) => points.values[row * points.columns + column]!,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, spread };
  });
  return cloud(points.rows, points.columns, (row, column) => {
    const { mean, spread } = columns[column]!;
    return (points.values[row * points.columns + column]! - mean) / spread;
  });
}

/** Every way to put `count` things into exactly k groups, as labels. */
export function* partitions(count: number, k: number): Generator<number[]> {
  function* extend(labels: number[], used: number): Generator<number[]> {
    if (labels.length === count) {
      if (used === k) yield labels;
      return;
    }
    for (let label = 0; label <= Math.min(used, k - 1); label++) {
      yield* extend([...labels, label], Math.max(used, label + 1));
    }
  }
  yield* extend([], 0);
}

/** The sum of squares within groups, from its definition. */
export function inertiaOf(points: Points, labels: ArrayLike<number>): number {
  let sum = 0;
  for (const label of new Set(Array.from(labels))) {
    const rows = Array.from({ length: points.rows }, (_, row) => row).filter(row => labels[row] === label);
    for (let column = 0; column < points.columns; column++) {
      const values = rows.map(row => points.values[row * points.columns + column]!);
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      sum += values.reduce((total, value) => total + (value - mean) ** 2, 0);
    }
  }
  return sum;
}

/** The rows as arrays, as other packages want them. */
export const asRows = ({ values, rows, columns }: Points) =>
  Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
