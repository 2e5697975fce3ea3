import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { rawProducts } from './cross-products.ts';
import { RowProducts } from './row-products.ts';
import { simplexWeights } from './simplex-weights.ts';

/** More rounds than this mean that the guess of who is in use goes round in circles. */
const mostRounds = 60;

export interface RidgeSimplex {
  /** Value of donor j in row i at i × count + j; each donor has mean 0 over the rows. */
  donors: Float64Array;
  /** By row, with mean 0. */
  target: Float64Array;
  /** What the sum of squared weights costs, above 0. */
  ridge: number;
}

export interface RidgeSimplexFit {
  /** ≥ 0, sum to 1. */
  weights: Float64Array;
  /** By row: what would be left over of its target by weights, and a mean, that had been fitted without the row. */
  unseen: Float64Array;
}

/**
 * Least squares over the simplex with a ridge that matters: weights ≥ 0 that sum to 1 and minimise
 * ‖target − Σ weight · donor‖² + ridge · Σ weight². At the optimum weight_j = max(0, donor_jᵀρ + ν) / ridge, ρ being what is left over, so
 * that there are as many unknowns as rows, however many donors. A primal-dual active set (Hintermüller, Ito & Kunisch 2003, SIAM
 * Journal on Optimization 13(3)): solve for the donors in use, see who would have a weight above 0, until nobody changes; then the
 * answer is exact. Where that goes round in circles, the slower method of simplex-weights.ts says who is in use.
 *
 * `unseen` is what is left over divided by one less the row's leverage (Allen's PRESS 1974), exact as long as the same donors stay in use.
 */
export function ridgeSimplex(problem: RidgeSimplex): RidgeSimplexFit {
  const count = problem.donors.length / problem.target.length;
  const products = new RowProducts(problem.donors, problem.target.length);
  let inUse = new Uint8Array(count).fill(1);
  for (let round = 0; round < mostRounds; round++) {
    products.become(inUse);
    const fit = solved(products, problem);
    const next = Uint8Array.from(fit.weights, weight => (weight > 0 ? 1 : 0));
    if (next.every((used, donor) => used === inUse[donor])) return answered(fit, products, problem);
    inUse = next;
  }
  products.become(slowly(problem).map(weight => (weight > 0 ? 1 : 0)));
  return answered(solved(products, problem), products, problem);
}

interface Solved {
  decomposition: CholeskyDecomposition;
  /** By row. */
  leftOver: Float64Array;
  /** M⁻¹ A 1, M being ridge + A Aᵀ over the donors in use. */
  even: number[];
  /** Donors in use less 1ᵀAᵀ M⁻¹ A 1. */
  slack: number;
  /** donorᵀρ + ν of every donor: what the weights would be, times the ridge. */
  weights: Float64Array;
}

/** For the donors in use: M ρ = ridge · target − ν A 1, and 1ᵀ(Aᵀρ + ν) = ridge. */
function solved({ rows, values, sums, used }: RowProducts, { donors, target, ridge }: RidgeSimplex): Solved {
  const matrix = new Matrix(rows, rows);
  const right = new Matrix(rows, 2);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other <= row; other++) {
      const value = values[row * rows + other]! + (row === other ? ridge : 0);
      matrix.set(row, other, value);
      matrix.set(other, row, value);
    }
    right.set(row, 0, ridge * target[row]!);
    right.set(row, 1, sums[row]!);
  }
  const decomposition = new CholeskyDecomposition(matrix);
  const both = decomposition.solve(right);
  const [told, even] = [both.getColumn(0), both.getColumn(1)];
  const along = (column: number[]) => column.reduce((sum, value, row) => sum + sums[row]! * value, 0);
  const slack = used - along(even);
  const level = (ridge - along(told)) / slack;
  const leftOver = Float64Array.from(told, (value, row) => value - level * even[row]!);
  const count = donors.length / rows;
  const weights = new Float64Array(count).fill(level);
  for (let row = 0; row < rows; row++) {
    const left = leftOver[row]!;
    for (let donor = 0; donor < count; donor++) weights[donor]! += donors[row * count + donor]! * left;
  }
  return { decomposition, leftOver, even, slack, weights };
}

function answered(
  { decomposition, leftOver, even, slack, weights }: Solved,
  { rows }: RowProducts,
  { ridge }: RidgeSimplex,
): RidgeSimplexFit {
  const inverse = decomposition.solve(Matrix.eye(rows));
  return {
    weights: weights.map(weight => Math.max(0, weight) / ridge),
    // The mean, which the fit leaves free, has a leverage of one row's share.
    unseen: leftOver.map(
      (left, row) => left / (ridge * (inverse.get(row, row) + even[row]! ** 2 / slack) - 1 / rows),
    ),
  };
}

function slowly({ donors, target, ridge }: RidgeSimplex): Uint8Array {
  const length = target.length;
  const count = donors.length / length;
  const series = new Float64Array((count + 1) * length);
  for (let donor = 0; donor < count; donor++) {
    for (let row = 0; row < length; row++) series[donor * length + row] = donors[row * count + donor]!;
  }
  series.set(target, count * length);
  const weights = simplexWeights(rawProducts(series, { count: count + 1, length }), {
    target: count,
    donors: Int32Array.from({ length: count }, (_, donor) => donor),
    ridge,
  });
  return Uint8Array.from(weights, weight => (weight > 0 ? 1 : 0));
}
