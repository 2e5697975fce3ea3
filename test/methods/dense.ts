import fc from 'fast-check';
import { EigenvalueDecomposition, inverse, Matrix, solve } from 'ml-matrix';
import type { Ties } from '../../methods/tie-matrix.ts';

/** The ties of a matrix given by rows, zeros left out. */
export function tiesOf(rows: number[][]): Ties {
  const cells = rows.flatMap((row, from) => row.map((weight, to) => ({ from, to, weight })));
  const ties = cells.filter(({ weight }) => weight !== 0);
  return {
    n: rows.length,
    from: Int32Array.from(ties, tie => tie.from),
    to: Int32Array.from(ties, tie => tie.to),
    weight: Float64Array.from(ties, tie => tie.weight),
  };
}

export function matrixOf({ n, from, to, weight }: Ties): Matrix {
  const matrix = Matrix.zeros(n, n);
  weight.forEach((value, tie) => {
    matrix.set(from[tie]!, to[tie]!, matrix.get(from[tie]!, to[tie]!) + value);
  });
  return matrix;
}

/** (I − W)⁻¹ e by an independent dense solver. */
export function denseSolve(ties: Ties, exogenous: ArrayLike<number>): number[] {
  const left = Matrix.sub(Matrix.eye(ties.n), matrixOf(ties));
  return solve(left, Matrix.columnVector(Array.from(exogenous))).to1DArray();
}

/** (I − W)⁻¹ − I by an independent dense solver. */
export function denseEffects(ties: Ties): Matrix {
  return Matrix.sub(inverse(Matrix.sub(Matrix.eye(ties.n), matrixOf(ties))), Matrix.eye(ties.n));
}

/** max|λ| by an independent dense solver. */
export function denseRadius(ties: Ties): number {
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrixOf(ties));
  return Math.max(...realEigenvalues.map((real, at) => Math.hypot(real, imaginaryEigenvalues[at]!)));
}

/**
 * Any signed matrix of 1 to 12 nodes, its density and size varied. Entries are multiples of size/64, because the dense
 * eigenvalue solver does not end on matrices with numbers next to 0.
 */
export const anyMatrix: fc.Arbitrary<number[][]> = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    zeros: fc.integer({ min: 0, max: 6 }),
    size: fc.constantFrom(0.05, 0.3, 0.8, 2),
  })
  .chain(({ n, zeros, size }) => {
    const entry = fc.oneof(
      { weight: zeros, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: -64, max: 64 }).map(step => (step * size) / 64) },
    );
    return fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n });
  });

/** Each column divided so that its absolute values sum to `most` at most, as influence weights do. */
export function withColumnSums(rows: number[][], most: number): number[][] {
  const sums = rows.map((_, column) => rows.reduce((sum, row) => sum + Math.abs(row[column]!), 0));
  return rows.map(row => row.map((value, column) => (value * most) / Math.max(sums[column]!, most)));
}
