import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { mostTimesBreakEven, powerRefusal, smallestTotal } from '../../../methods/power-to-decide.ts';
import { seededRandom } from '../../../methods/random.ts';
import { smallestEffect } from '../../../methods/smallest-effect.ts';

describe('the smallest total', () => {
  it('[vector] Bloom 1995: 2.8 standard errors at .05 and .8 in large samples', () => {
    const estimate = { low: 0, high: 0, standardError: 10, freedom: Number.POSITIVE_INFINITY };
    expect(smallestTotal(estimate, 0.95)).toBeCloseTo(28.016, 3);
  });

  it('[twin] is that of two arms of units, where the design is a t-test of two arms', () => {
    const standardError = 3 * Math.sqrt(1 / 7 + 1 / 9);
    const estimate = { low: Number.NaN, high: Number.NaN, standardError, freedom: 14 };
    const design = { treated: 7, control: 9, standardDeviation: 3 };
    expect(smallestTotal(estimate, 0.95)).toBeCloseTo(smallestEffect(design), 9);
  });

  it('takes half an interval for that of a normal where there is no standard error', () => {
    const conformal = { low: -1.959964, high: 1.959964, standardError: Number.NaN, freedom: Number.NaN };
    expect(smallestTotal(conformal, 0.95)).toBeCloseTo(2.801585, 5);
    expect(smallestTotal({ ...conformal, low: Number.NaN }, 0.95)).toBeNaN();
  });

  it('is found in about four of five experiments', () => {
    const { next } = seededRandom(11, 'returns', 'power');
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const treated = Uint8Array.from({ length: 24 }, (_, unit) => unit % 2);
    // Independent days of unit variance: a mean of a flight of 2 less one of 18 days has a variance of 1/2 + 1/18.
    const error = 12 * 2 * Math.sqrt((2 * (1 / 2 + 1 / 18)) / 12);
    const wanted = smallestTotal({ low: 0, high: 0, standardError: error, freedom: 22 }, 0.95);
    let found = 0;
    for (let run = 0; run < 400; run++) {
      const outcome = Float64Array.from({ length: 24 * 20 }, (_, at) => {
        const isAdded = treated[Math.floor(at / 20)] === 1 && at % 20 >= 18;
        return 50 + normal() + (isAdded ? wanted / 24 : 0);
      });
      const panel = { units: 24, periods: 20, before: 18, outcome, treated };
      if (differenceInDifferences(panel, { confidence: 0.95, seed: 1 }).low > 0) found++;
    }
    expect(found / 400).toBeGreaterThan(0.75);
    expect(found / 400).toBeLessThan(0.85);
  });
});

describe('power too low to decide', () => {
  it('is a smallest total beyond three times what would pay for the campaign', () => {
    const [cost, margin] = [1000, 0.4];
    const paid = cost / margin;
    expect(powerRefusal(paid * mostTimesBreakEven * 0.999, cost, margin)).toBeUndefined();
    expect(powerRefusal(paid * 4.25, cost, margin)).toBe(
      'it would find only a campaign that brings back 4.3 times what pays for it, and more than 3 times is too much to ask of one',
    );
  });

  it('refuses nothing where cost or margin are unknown', () => {
    expect(powerRefusal(1e9, 1000, Number.NaN)).toBeUndefined();
    expect(powerRefusal(1e9, 0, 0.4)).toBeUndefined();
    expect(powerRefusal(Number.NaN, 1000, 0.4)).toBeUndefined();
  });
});
