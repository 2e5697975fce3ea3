import type { Random } from './random.ts';

/** Points in space: one row a point, row after row in one array. */
export interface Points {
  /** Length `rows` × `columns`, finite. */
  values: Float64Array;
  rows: number;
  columns: number;
}

/** Some rows of points, in the given order. */
export function rowsOf(points: Points, rows: ArrayLike<number>): Points {
  const { columns } = points;
  const values = new Float64Array(rows.length * columns);
  for (let row = 0; row < rows.length; row++) {
    const from = rows[row]! * columns;
    values.set(points.values.subarray(from, from + columns), row * columns);
  }
  return { values, rows: rows.length, columns };
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
