/** Sums over the donors in use of the products of every two rows, A Aᵀ, kept up as donors come and go. */
export class RowProducts {
  readonly #donors: Float64Array;
  readonly #inUse: Uint8Array;
  readonly rows: number;
  /** Row i's product with row j at i × rows + j; the lower triangle alone. */
  readonly values: Float64Array;
  /** Of each row, over the donors in use. */
  readonly sums: Float64Array;
  /** How many donors are in use. */
  used = 0;

  /** @param donors value of donor j in row i at i × count + j; none is in use yet */
  constructor(donors: Float64Array, rows: number) {
    this.#donors = donors;
    this.#inUse = new Uint8Array(donors.length / rows);
    this.rows = rows;
    this.values = new Float64Array(rows * rows);
    this.sums = new Float64Array(rows);
  }

  /** @param inUse by donor, 1 or 0 */
  become(inUse: Uint8Array): void {
    const changed = [...inUse.keys()].filter(donor => inUse[donor] !== this.#inUse[donor]);
    // Two at a time: each sum that is fetched takes two products, which nearly halves the time.
    for (let at = 0; at < changed.length; at += 2) {
      const [one, other] = [changed[at]!, changed[at + 1]];
      this.#change(
        this.#column(one),
        inUse[one]!,
        other === undefined ? undefined : this.#column(other),
        inUse[other ?? 0]!,
      );
    }
    this.#inUse.set(inUse);
  }

  #column(donor: number): Float64Array {
    const count = this.#inUse.length;
    const column = new Float64Array(this.rows);
    for (let row = 0; row < this.rows; row++) column[row] = this.#donors[row * count + donor]!;
    return column;
  }

  #change(one: Float64Array, isOne: number, other: Float64Array | undefined, isOther: number): void {
    const { rows, values, sums } = this;
    const second = other ?? new Float64Array(rows);
    const [sign, secondSign] = [isOne === 1 ? 1 : -1, isOther === 1 ? 1 : -1];
    for (let row = 0; row < rows; row++) {
      const left = sign * one[row]!;
      const right = secondSign * second[row]!;
      sums[row]! += left + right;
      const from = row * rows;
      for (let place = 0; place <= row; place++) {
        values[from + place]! += left * one[place]! + right * second[place]!;
      }
    }
    this.used += sign + (other === undefined ? 0 : secondSign);
  }
}
