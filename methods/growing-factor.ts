/**
 * The Cholesky factor of a symmetric positive definite matrix whose rows come and go one at a time, each in O(n²) instead of O(n³):
 * L Lᵀ = M. Golub & Van Loan, Matrix Computations (4th ed.), 6.5.4. ml-matrix decomposes whole matrices only.
 */
export class GrowingFactor {
  readonly #capacity: number;
  /** Lower triangle, row by row, each `capacity` long. */
  readonly #rows: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#rows = new Float64Array(capacity * capacity);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * One more row and column at the end.
   *
   * @param row M's new row, the diagonal last: `size + 1` values
   * @returns false, and nothing is added, where the new row depends on the others
   */
  append(row: Float64Array): boolean {
    const at = this.#size * this.#capacity;
    const rows = this.#rows;
    let rest = row[this.#size]!;
    for (let column = 0; column < this.#size; column++) {
      const other = column * this.#capacity;
      let value = row[column]!;
      for (let inner = 0; inner < column; inner++) value -= rows[at + inner]! * rows[other + inner]!;
      value /= rows[other + column]!;
      rows[at + column] = value;
      rest -= value * value;
    }
    if (!(rest > row[this.#size]! * 1e-14)) return false;
    rows[at + this.#size] = Math.sqrt(rest);
    this.#size++;
    return true;
  }

  /** Without the row and column at a place; later ones move up. */
  remove(place: number): void {
    const rows = this.#rows;
    const capacity = this.#capacity;
    this.#size--;
    for (let row = place; row < this.#size; row++) {
      const to = row * capacity;
      rows.copyWithin(to, to + capacity, to + capacity + row + 2);
    }
    // Every moved row reaches one column too far: rotations of neighbouring columns bring the triangle back.
    for (let column = place; column < this.#size; column++) {
      const diagonal = column * capacity + column;
      const length = Math.hypot(rows[diagonal]!, rows[diagonal + 1]!);
      const cosine = rows[diagonal]! / length;
      const sine = rows[diagonal + 1]! / length;
      for (let row = column; row < this.#size; row++) {
        const at = row * capacity + column;
        const left = rows[at]!;
        const right = rows[at + 1]!;
        rows[at] = cosine * left + sine * right;
        rows[at + 1] = cosine * right - sine * left;
      }
    }
  }

  /** The x of M x = `right`, which it replaces. */
  solve(right: Float64Array): Float64Array {
    const rows = this.#rows;
    for (let row = 0; row < this.#size; row++) {
      const at = row * this.#capacity;
      let value = right[row]!;
      for (let column = 0; column < row; column++) value -= rows[at + column]! * right[column]!;
      right[row] = value / rows[at + row]!;
    }
    for (let row = this.#size - 1; row >= 0; row--) {
      const at = row * this.#capacity;
      const value = right[row]! / rows[at + row]!;
      right[row] = value;
      for (let column = 0; column < row; column++) right[column]! -= rows[at + column]! * value;
    }
    return right;
  }
}
