import type { Random } from './random.ts';

/** Points in space: one row a point, row after row in one array. */
export interface Points {
  /** Length `rows` × `columns`, finite. */
  values: Float64Array;
  rows: number;
  columns: number;
  /** How much each point counts, above 0; 1 where not given. */
  weights?: Float64Array;
}

/** How much a point counts. */
export function weightOf({ weights }: Points, row: number): number {
  return weights === undefined ? 1 : weights[row]!;
}

/** Some rows of points, in the given order. */
export function rowsOf(points: Points, rows: ArrayLike<number>): Points {
  const { columns, weights } = points;
  const values = new Float64Array(rows.length * columns);
  for (let row = 0; row < rows.length; row++) {
    const from = rows[row]! * columns;
    values.set(points.values.subarray(from, from + columns), row * columns);
  }
  const some = { values, rows: rows.length, columns };
  return weights === undefined ? some : { ...some, weights: Float64Array.from(rows, row => weights[row]!) };
}

/** The numbers 0..count−1 in random order. */
export function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, place) => place);
  for (let place = count - 1; place > 0; place--) {
    const other = random.below(place + 1);
    const moved = order[place]!;
    order[place] = order[other]!;
    order[other] = moved;
  }
  return order;
}

/** Row numbers of a random sample without repeats, ascending; all of them where there are no more than `most`. */
export function sampleOf(count: number, most: number, random: Random): Int32Array {
  if (count <= most) return Int32Array.from({ length: count }, (_, row) => row);
  return shuffled(count, random).slice(0, most).sort();
}
