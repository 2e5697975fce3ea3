import { FatalError } from '../contracts/errors.ts';

/** Weighted ties between n nodes, one per position of three arrays of equal length. */
export type Ties = {
  n: number;
  /** Who influences (row), 0..n−1. */
  from: Int32Array;
  /** Who is influenced (column), 0..n−1. */
  to: Int32Array;
  /** w_from,to: finite, of either sign. A pair listed twice counts with its sum. */
  weight: Float64Array;
};

/** A square sparse matrix by rows: row i holds the columns `column[start[i] .. start[i+1] − 1]`. */
export type TieMatrix = { n: number; start: Int32Array; column: Int32Array; value: Float64Array };

/**
 * Sort ties into rows, keeping the order of the input within a row.
 *
 * @throws FatalError naming the tie when an end is outside 0..n−1 or a weight is not finite.
 */
export function tieMatrix({ n, from, to, weight }: Ties): TieMatrix {
  const ties = from.length;
  if (to.length !== ties || weight.length !== ties)
    throw new FatalError(`${ties} ties were given ${to.length} targets and ${weight.length} weights`);
  const start = new Int32Array(n + 1);
  for (let tie = 0; tie < ties; tie++) {
    const row = from[tie]!;
    if (!(row >= 0 && row < n && to[tie]! >= 0 && to[tie]! < n))
      throw new FatalError(`tie ${tie} goes from ${row} to ${to[tie]}, outside 0..${n - 1}`);
    if (!Number.isFinite(weight[tie]!)) throw new FatalError(`tie ${tie} has the weight ${weight[tie]}`);
    start[row + 1]!++;
  }
  for (let row = 0; row < n; row++) start[row + 1]! += start[row]!;
  const next = start.slice(0, n);
  const column = new Int32Array(ties);
  const value = new Float64Array(ties);
  for (let tie = 0; tie < ties; tie++) {
    const place = next[from[tie]!]!++;
    column[place] = to[tie]!;
    value[place] = weight[tie]!;
  }
  return { n, start, column, value };
}

/** W x, written into `result`. */
export function multiply(
  { n, start, column, value }: TieMatrix,
  x: Float64Array,
  result: Float64Array,
): void {
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let place = start[row]!, end = start[row + 1]!; place < end; place++)
      sum += value[place]! * x[column[place]!]!;
    result[row] = sum;
  }
}

/** The row vector x |W|, with absolute values, written into `result`. */
export function multiplyAbsoluteLeft(
  { n, start, column, value }: TieMatrix,
  x: Float64Array,
  result: Float64Array,
): void {
  result.fill(0);
  for (let row = 0; row < n; row++) {
    const factor = x[row]!;
    for (let place = start[row]!, end = start[row + 1]!; place < end; place++)
      result[column[place]!]! += Math.abs(value[place]!) * factor;
  }
}

/** Σ |x|. */
export function sumOfAbsolutes(x: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < x.length; place++) sum += Math.abs(x[place]!);
  return sum;
}

/** The largest of the values, 0 if there is none above it. */
export function largest(x: Float64Array): number {
  let most = 0;
  for (let place = 0; place < x.length; place++) if (x[place]! > most) most = x[place]!;
  return most;
}
