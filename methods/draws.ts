import type { Random } from './random.ts';

/** A draw of the normal distribution with mean 0 and variance 1: the polar method (Marsaglia & Bray 1964), one of its two at a time. */
export function normalDraw(random: Random): number {
  for (;;) {
    const x = 2 * random.next() - 1;
    const y = 2 * random.next() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/**
 * A draw of the gamma distribution with rate 1 (Marsaglia & Tsang 2000).
 *
 * @param shape at least 1
 */
export function gammaDraw(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normalDraw(random);
    const v = (1 + c * z) ** 3;
    // 1 − u is never 0, whose logarithm is infinite.
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * z * z + d * (1 - v + Math.log(v))) return d * v;
  }
}
