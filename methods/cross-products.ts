/** Sums over common rows of the products of every two series, each series less its mean. */
export interface CrossProducts {
  /** How many series. */
  count: number;
  /** Product of series i and j at i × count + j. */
  values: Float64Array;
}

/** Raw sums from which products over fewer rows are made without going through all rows again. */
export interface RawProducts extends CrossProducts {
  rows: number;
  /** Sum of each series. */
  sums: Float64Array;
}

/**
 * Products of series that are not yet less their means.
 *
 * @param series value of series i in row t at i × length + t
 * @param from first row that counts
 * @param to the row after the last
 */
export function rawProducts(
  series: Float64Array,
  { count, length, from = 0, to = length }: { count: number; length: number; from?: number; to?: number },
): RawProducts {
  const values = new Float64Array(count * count);
  const sums = new Float64Array(count);
  for (let one = 0; one < count; one++) {
    const first = one * length;
    for (let row = from; row < to; row++) sums[one]! += series[first + row]!;
    for (let other = 0; other <= one; other++) {
      const second = other * length;
      let sum = 0;
      for (let row = from; row < to; row++) sum += series[first + row]! * series[second + row]!;
      values[one * count + other] = sum;
      values[other * count + one] = sum;
    }
  }
  return { count, rows: to - from, values, sums };
}

/** Products over the rows of `whole` that are not among those of `part`. */
export function withoutRows(whole: RawProducts, part: RawProducts): RawProducts {
  return {
    count: whole.count,
    rows: whole.rows - part.rows,
    values: whole.values.map((value, at) => value - part.values[at]!),
    sums: whole.sums.map((sum, at) => sum - part.sums[at]!),
  };
}

/** Each series less its mean over the rows: what an intercept does to least squares. */
export function centred({ count, rows, values, sums }: RawProducts): CrossProducts {
  const products = new Float64Array(values.length);
  for (let one = 0; one < count; one++) {
    const mean = sums[one]! / rows;
    for (let other = 0; other < count; other++) {
      const at = one * count + other;
      products[at] = values[at]! - mean * sums[other]!;
    }
  }
  return { count, values: products };
}
