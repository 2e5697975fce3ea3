import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubtOf, reachAtLeast, reachAtMost } from '../../methods/opim.ts';
import { seededRandom } from '../../methods/random.ts';

describe('the bounds of OPIM-C', () => {
  it('[vector] n=10000, θ=100000, Λ₂=8000, Λ₁ᵘ=8600, i_max=10, δ=.001', () => {
    const doubt = doubtOf(3, 10, 0.001);
    expect(doubt).toBeCloseTo(10.308953, 6);
    const sampled = { sets: 100_000, worth: 10_000, doubt };
    const lower = reachAtLeast(8000, sampled);
    const upper = reachAtMost(8600, sampled);
    expect(lower).toBeCloseTo(760.068, 3);
    expect(upper).toBeCloseTo(903.152, 3);
    expect(lower / upper).toBeCloseTo(0.841573, 6);
  });

  it('are where the tails they come from have the probability e^−a, found by bisection', () => {
    // P(Λ ≥ θp + x) ≤ exp(−x²/(2θp + 2x/3)) and P(Λ ≤ θp − x) ≤ exp(−x²/(2θp)): Lemmas 4.1 and 4.2 of the paper.
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.double({ min: 0.5, max: 40, noNaN: true }),
        (covered, doubt) => {
          const sampled = { sets: 1, worth: 1, doubt };
          const above = (mean: number) => (covered - mean) ** 2 / (2 * mean + (2 * (covered - mean)) / 3);
          const below = (mean: number) => (mean - covered) ** 2 / (2 * mean);
          // Above the mean the tail's exponent falls with the mean; below it, it rises.
          const lower = bisect(0, covered, mean => above(mean) > doubt);
          const upper = bisect(covered, 10 * (covered + doubt + 1), mean => below(mean) < doubt);
          expect(reachAtLeast(covered, sampled)).toBeCloseTo(lower, 4);
          expect(reachAtMost(covered, { sets: 1e9, worth: 1e9, doubt })).toBeCloseTo(upper, 3);
        },
      ),
      { numRuns: 500, seed: 6 },
    );
  });

  it('hold for weights between 0 and 1 at least as often as they claim', () => {
    const random = seededRandom(1, 'test', 'bounds');
    const sets = 300;
    const doubt = Math.log(1 / 0.1);
    for (const draw of [
      () => (random.next() < 0.05 ? 1 : 0),
      () => random.next() ** 8,
      () => (random.next() < 0.03 ? random.next() : 0),
    ]) {
      const many = 400_000;
      let mean = 0;
      for (let at = 0; at < many; at++) mean += draw() / many;
      let tooHigh = 0;
      let tooLow = 0;
      for (let trial = 0; trial < 4000; trial++) {
        let covered = 0;
        for (let set = 0; set < sets; set++) covered += draw();
        if (reachAtLeast(covered, { sets, worth: 1, doubt }) > mean) tooHigh++;
        if (reachAtMost(covered, { sets, worth: 1, doubt }) < mean) tooLow++;
      }
      expect(tooHigh / 4000).toBeLessThan(0.1);
      expect(tooLow / 4000).toBeLessThan(0.1);
    }
  });

  it('are 0 from nothing covered, and never above the worth of all', () => {
    const sampled = { sets: 100, worth: 50, doubt: 10 };
    expect(reachAtLeast(0, sampled)).toBeCloseTo(0, 12);
    expect(reachAtLeast(2, sampled)).toBe(0);
    expect(reachAtMost(100, sampled)).toBe(50);
  });
});

/** The point between, to 1e−9 of their distance, where `holds` turns from true to false. */
function bisect(low: number, high: number, holds: (at: number) => boolean): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 100; step++) {
    const middle = (from + to) / 2;
    if (holds(middle)) from = middle;
    else to = middle;
  }
  return from;
}
