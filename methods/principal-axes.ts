import type { Points } from './points.ts';

/**
 * The points in the axes of their own spread: centred, then turned so that no two columns are correlated. Distances stay.
 */
export function alongPrincipalAxes(points: Points): Points {
  const { values, rows, columns } = points;
  const means = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) means[at % columns]! += values[at]! / rows;
  const covariance = Array.from({ length: columns }, () => new Float64Array(columns));
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    for (let i = 0; i < columns; i++) {
      const a = values[at + i]! - means[i]!;
      for (let j = 0; j <= i; j++) covariance[i]![j]! += (a * (values[at + j]! - means[j]!)) / rows;
    }
  }
  for (let i = 0; i < columns; i++) for (let j = 0; j < i; j++) covariance[j]![i] = covariance[i]![j]!;
  const axes = eigenvectors(covariance);
  const turned = new Float64Array(values.length);
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    for (let axis = 0; axis < columns; axis++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += (values[at + column]! - means[column]!) * axes[column]![axis]!;
      }
      turned[at + axis] = sum;
    }
  }
  return { ...points, values: turned };
}

/** Eigenvectors of a symmetric matrix, one a column, by Jacobi's rotations; the matrix is used up. */
function eigenvectors(matrix: Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const vectors = matrix.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  const scale = matrix.reduce((sum, row, i) => sum + Math.abs(row[i]!), 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let left = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) left += Math.abs(matrix[p]![q]!);
    if (left <= 1e-14 * scale) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, vectors, p, q);
  }
  return vectors;
}

function rotate(matrix: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const off = matrix[p]![q]!;
  if (off === 0) return;
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of matrix) turn(row, p, q, cosine, sine);
  const [above, below] = [matrix[p]!, matrix[q]!];
  for (let i = 0; i < matrix.length; i++) {
    const [a, b] = [above[i]!, below[i]!];
    above[i] = cosine * a - sine * b;
    below[i] = sine * a + cosine * b;
  }
  for (const row of vectors) turn(row, p, q, cosine, sine);
}

function turn(row: Float64Array, p: number, q: number, cosine: number, sine: number): void {
  const [a, b] = [row[p]!, row[q]!];
  row[p] = cosine * a - sine * b;
  row[q] = sine * a + cosine * b;
}
