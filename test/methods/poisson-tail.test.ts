import fc from 'fast-check';
import { expect, it } from 'vitest';
import { poissonTail } from '../../methods/poisson-tail.ts';

/** e^−λ Σ λ^i / i! from `count` on, term by term, in logarithms of sums: no library. */
function byTerms(count: number, mean: number): number {
  let logFactorial = 0;
  for (let n = 2; n <= count; n++) logFactorial += Math.log(n);
  let sum = 0;
  for (let n = count; n < count + 2000; n++) {
    sum += Math.exp(n * Math.log(mean) - mean - logFactorial);
    logFactorial += Math.log(n + 1);
  }
  return sum;
}

it('[vector] by hand: mean 1, at least 2 ⇒ 1 − 2/e; mean 2, at least 1 ⇒ 1 − e⁻²', () => {
  expect(poissonTail(2, 1)).toBeCloseTo(1 - 2 / Math.E, 14);
  expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 14);
});

it('[vector] by hand, other counts and means: as the terms sum up, however small', () => {
  const anyMean = fc.double({ min: 0.01, max: 60, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), anyMean, (count, mean) => {
      expect(poissonTail(count, mean) / byTerms(count, mean)).toBeCloseTo(1, 9);
    }),
  );
  expect(poissonTail(30, 0.01)).toBeGreaterThan(0);
});

it('is certain from 0 on and impossible without a mean', () => {
  expect(poissonTail(0, 0)).toBe(1);
  expect(poissonTail(0, 3)).toBe(1);
  expect(poissonTail(1, 0)).toBe(0);
});
