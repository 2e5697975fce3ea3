import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** More rounds than this mean that the guess of who is in use goes round in circles. */
const mostRounds = 60;

/**
 * Least squares over the simplex, as in simplex-weights.ts, for many more donors than rows and a ridge that matters: weights ≥ 0 that
 * sum to 1 and minimise ‖target − Σ weight · donor‖² + ridge · Σ weight². At the optimum weight_j = max(0, donor_jᵀρ + ν) / ridge, ρ being
 * what is left over; the unknowns are as many as rows. A primal-dual active set (Hintermüller, Ito & Kunisch 2003, SIAM Journal on
 * Optimization 13(3)): solve for the donors in use, see who would have a weight above 0, until nobody changes; then the answer is exact.
 *
 * @param donors value of donor j in row i at i × count + j, each donor with mean 0 over the rows
 * @param target by row, with mean 0
 * @param ridge above 0
 * @returns undefined where the rounds do not end
 */
export function wideSimplexWeights(
  donors: Float64Array,
  target: Float64Array,
  ridge: number,
): Float64Array | undefined {
  const rows = target.length;
  const count = donors.length / rows;
  let inUse = new Uint8Array(count).fill(1);
  const products = new Products(donors, rows);
  for (let round = 0; round < mostRounds; round++) {
    products.become(inUse);
    const { leftOver, level } = solved(products, target, ridge);
    const weights = new Float64Array(count).fill(level);
    for (let row = 0; row < rows; row++) {
      for (let donor = 0; donor < count; donor++)
        weights[donor]! += donors[row * count + donor]! * leftOver[row]!;
    }
    const next = Uint8Array.from(weights, weight => (weight > 0 ? 1 : 0));
    if (next.every((used, donor) => used === inUse[donor])) {
      return weights.map(weight => Math.max(0, weight) / ridge);
    }
    inUse = next;
  }
}

/** Sums over the donors in use of the products of every two rows, kept up as donors come and go. */
class Products {
  readonly #donors: Float64Array;
  readonly rows: number;
  readonly #inUse: Uint8Array;
  /** Row i's product with row j, at i × rows + j; the lower triangle alone. */
  readonly values: Float64Array;
  /** Of each row, over the donors in use. */
  readonly sums: Float64Array;
  used = 0;

  constructor(donors: Float64Array, rows: number) {
    this.#donors = donors;
    this.rows = rows;
    this.#inUse = new Uint8Array(donors.length / rows);
    this.values = new Float64Array(rows * rows);
    this.sums = new Float64Array(rows);
  }

  become(inUse: Uint8Array): void {
    inUse.forEach((used, donor) => {
      if (used !== this.#inUse[donor]) this.#change(donor, used === 1 ? 1 : -1);
    });
    this.#inUse.set(inUse);
  }

  #change(donor: number, sign: number): void {
    const { rows, values, sums } = this;
    const count = this.#inUse.length;
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row++) column[row] = this.#donors[row * count + donor]!;
    for (let row = 0; row < rows; row++) {
      const value = sign * column[row]!;
      sums[row]! += value;
      for (let other = 0; other <= row; other++) values[row * rows + other]! += value * column[other]!;
    }
    this.used += sign;
  }
}

/** ρ and ν for the donors in use: (ridge + A Aᵀ) ρ = ridge · target − ν A1 and 1ᵀ(Aᵀρ + ν) = ridge. */
function solved({ rows, values, sums, used }: Products, target: Float64Array, ridge: number) {
  const matrix = new Matrix(rows, rows);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other <= row; other++) {
      const value = values[row * rows + other]! + (row === other ? ridge : 0);
      matrix.set(row, other, value);
      matrix.set(other, row, value);
    }
  }
  const right = new Matrix(rows, 2);
  for (let row = 0; row < rows; row++) {
    right.set(row, 0, ridge * target[row]!);
    right.set(row, 1, sums[row]!);
  }
  const both = new CholeskyDecomposition(matrix).solve(right);
  const [told, even] = [both.getColumn(0), both.getColumn(1)];
  const along = (column: number[]) => column.reduce((sum, value, row) => sum + sums[row]! * value, 0);
  const level = (ridge - along(told)) / (used - along(even));
  return { leftOver: Float64Array.from(told, (value, row) => value - level * even[row]!), level };
}
