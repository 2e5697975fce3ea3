import { FatalError } from '../contracts/errors.ts';
import { largest, multiplyAbsoluteLeft, type TieMatrix } from './tie-matrix.ts';

/** Proof that Σ W^k exists, and how large it can be. */
export type Convergence = {
  /** The largest column sum of |W|. */
  q: number;
  /** An upper bound of ρ(W); below 1. Equal to q where q proved it. */
  radius: number;
  /** An upper bound of ‖(I − W)⁻¹‖₁, the largest column sum of absolute values. */
  amplification: number;
};

const margin = 1e-9;
const largestDense = 2_000;
const sparsePower = 64;

/**
 * Prove that ρ(W) = max|λ| is below 1, or refuse. In this order:
 * - every column sum of |W| is at most 1 − 1e-9;
 * - ‖|W|^64‖₁^(1/64) ≤ 1 − 1e-9: an upper bound of ρ(W), equal to ‖W^64‖₁^(1/64) where no tie is negative, by 64
 *   applications of the sparse matrix to a vector of ones;
 * - up to 2,000 nodes, ‖W^k‖₁^(1/k) ≤ 1 − 1e-9 for k = 2, 4, 8 …, by squaring the dense matrix. These bounds fall to
 *   ρ(W) (Gelfand 1941), complex pairs included, and reach 0 exactly where no tie lies on a cycle.
 *
 * @throws FatalError naming the radius when ρ(W) > 1 − 1e-9; beyond 2,000 nodes also where signs would have to cancel
 * for the radius to be smaller than its bound.
 */
export function proveConvergence(matrix: TieMatrix): Convergence {
  const ones = new Float64Array(matrix.n).fill(1);
  const sums = new Float64Array(matrix.n);
  multiplyAbsoluteLeft(matrix, ones, sums);
  const q = largest(sums);
  if (q <= 1 - margin) return { q, radius: q, amplification: 1 / (1 - q) };

  const { bound, norms } = boundBySparsePowers(matrix, sums);
  if (bound <= 1 - margin) {
    const before = norms.slice(0, -1).reduce((sum, norm) => sum + norm, 1);
    return { q, radius: bound, amplification: before / (1 - norms.at(-1)!) };
  }
  if (matrix.n > largestDense) throw refusal(`‖|W|^${sparsePower}‖^(1/${sparsePower}) is ${named(bound)}`);
  return { q, ...proveBySquaring(matrix) };
}

/** The norms ‖|W|^k‖₁ for k = 1..64, and the 64th root of the last. */
function boundBySparsePowers(matrix: TieMatrix, columnSums: Float64Array) {
  let current: Float64Array = columnSums;
  let next: Float64Array = new Float64Array(matrix.n);
  const norms = [largest(current)];
  while (norms.length < sparsePower) {
    multiplyAbsoluteLeft(matrix, current, next);
    [current, next] = [next, current];
    norms.push(largest(current));
  }
  return { bound: norms.at(-1)! ** (1 / sparsePower), norms };
}

function proveBySquaring(matrix: TieMatrix): { radius: number; amplification: number } {
  const { n } = matrix;
  let power = dense(matrix);
  // power × e^logScale is W^k. Σ_{j<2k} W^j = (Σ_{j<k} W^j)(I + W^k) bounds the norm of the whole sum by a product.
  let logScale = 0;
  let amplification = 1;
  for (let k = 1; k <= 2 ** 42; k *= 2) {
    const norm = largestColumnSum(power, n);
    if (norm === 0) return { radius: 0, amplification };
    logScale += Math.log(norm);
    for (let place = 0; place < power.length; place++) power[place]! /= norm;
    const upper = Math.exp(logScale / k);
    if (upper <= 1 - margin) return { radius: upper, amplification: amplification / -Math.expm1(logScale) };
    // |trace W^k| = |Σ λ^k| ≤ n ρ^k.
    const lower = Math.exp((logScale + Math.log(Math.abs(trace(power, n)) / n)) / k);
    if (lower > 1 - margin && upper - lower < 1e-3 * upper) throw refusal(`ρ(W) is ${named(upper)}`);
    amplification *= 1 + Math.exp(logScale);
    power = square(power, n);
    logScale *= 2;
  }
  throw refusal(`ρ(W) is at most ${named(Math.exp(logScale / 2 ** 43))}`);
}

function named(radius: number): string {
  return String(Number(radius.toPrecision(4)));
}

function refusal(radius: string): FatalError {
  return new FatalError(`influence has no finite sum: the spectral radius is not below 1 (${radius})`, {
    next: 'lower the weights of the ties, so that what reaches each person sums to less than 1',
  });
}

function dense({ n, start, column, value }: TieMatrix): Float64Array {
  const cells = new Float64Array(n * n);
  for (let row = 0; row < n; row++)
    for (let place = start[row]!; place < start[row + 1]!; place++)
      cells[row * n + column[place]!]! += value[place]!;
  return cells;
}

function largestColumnSum(cells: Float64Array, n: number): number {
  const sums = new Float64Array(n);
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) sums[column]! += Math.abs(cells[row * n + column]!);
  return largest(sums);
}

function trace(cells: Float64Array, n: number): number {
  let sum = 0;
  for (let row = 0; row < n; row++) sum += cells[row * n + row]!;
  return sum;
}

function square(cells: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    const target = result.subarray(row * n, row * n + n);
    for (let middle = 0; middle < n; middle++) {
      const factor = cells[row * n + middle]!;
      if (factor === 0) continue;
      const source = cells.subarray(middle * n, middle * n + n);
      for (let column = 0; column < n; column++) target[column]! += factor * source[column]!;
    }
  }
  return result;
}
