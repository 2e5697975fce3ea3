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
  const put = (one: number, other: number, sum: number) => {
    values[one * count + other] = sum;
    values[other * count + one] = sum;
  };
  // Two by two: each value that is fetched is used twice, which halves the time.
  for (let one = 0; one < count; one += 2) {
    const first = one * length;
    // Without a last partner a series stands in for it; what comes of that is written to its own places.
    const next = Math.min(one + 1, count - 1);
    const second = next * length;
    for (let row = from; row < to; row++) sums[one]! += series[first + row]!;
    if (next > one) for (let row = from; row < to; row++) sums[next]! += series[second + row]!;
    for (let other = 0; other <= one; other += 2) {
      const beside = Math.min(other + 1, count - 1);
      const third = other * length;
      const fourth = beside * length;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let row = from; row < to; row++) {
        const w = series[first + row]!;
        const x = series[second + row]!;
        const y = series[third + row]!;
        const z = series[fourth + row]!;
        a += w * y;
        b += w * z;
        c += x * y;
        d += x * z;
      }
      put(one, other, a);
      put(one, beside, b);
      put(next, other, c);
      put(next, beside, d);
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
