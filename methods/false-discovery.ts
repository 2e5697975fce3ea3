/**
 * Benjamini & Hochberg (1995): for each p-value the smallest share of false discoveries at which it would count as one.
 *
 * @param p p-values of the tests at hand
 * @param tests how many tests there are in all; those not at hand count as p = 1
 * @returns q-values in the order of `p`
 */
export function falseDiscoveryRates(p: Float64Array, tests: number): Float64Array {
  const order = Int32Array.from(p.keys()).sort((a, b) => p[a]! - p[b]! || a - b);
  const q = new Float64Array(p.length);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const test = order[rank - 1]!;
    // Rounding may not take a q-value below its p-value.
    least = Math.min(least, Math.max(p[test]!, (p[test]! * tests) / rank));
    q[test] = least;
  }
  return q;
}
