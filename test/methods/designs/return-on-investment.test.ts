import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnOnInvestment } from '../../../methods/return-on-investment.ts';

const normal = Number.POSITIVE_INFINITY;
const z = 1.959963984540054;

const revenue = (total: number, standardError: number) => ({
  total,
  standardError,
  low: total - z * standardError,
  high: total + z * standardError,
  freedom: normal,
});

describe('return on investment', () => {
  it('[vector] method 9: 180 ± 30 for a fixed 100 is .80 [.2120, 1.3880]', () => {
    const back = returnOnInvestment({
      incremental: revenue(180, 30),
      cost: 100,
      margin: 1,
      confidence: 0.95,
    });
    expect(back.roi).toBeCloseTo(0.8, 12);
    expect(back.roiLow).toBeCloseTo(0.212, 4);
    expect(back.roiHigh).toBeCloseTo(1.388, 4);
    expect(back).toMatchObject({ g: 0, isUnbounded: false });
  });

  it('[vector] method 9: 180 ± 30 for 100 ± 10 is .80 [.1690, 1.5749] by Fieller', () => {
    const back = returnOnInvestment({
      incremental: revenue(180, 30),
      cost: 100,
      costStandardError: 10,
      margin: 1,
      confidence: 0.95,
    });
    expect(back.roi).toBeCloseTo(0.8, 12);
    expect(back.roiLow).toBeCloseTo(0.169, 4);
    expect(back.roiHigh).toBeCloseTo(1.5749, 4);
    expect(back.isUnbounded).toBe(false);
  });

  it('[twin] Fieller by walking to where the ratio is told from the truth', () => {
    const positive = (max: number) => fc.double({ min: 1, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -500, max: 500, noNaN: true }),
        positive(100),
        positive(40),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        fc.integer({ min: 3, max: 60 }),
        (total, error, costError, correlation, freedom) => {
          const covariance = correlation * error * costError;
          const [cost, quantile] = [200, quantileByBisection(freedom)];
          const incremental = { ...revenue(total, error), freedom };
          const back = returnOnInvestment({
            incremental,
            cost,
            costStandardError: costError,
            covariance,
            margin: 0.4,
            confidence: 0.95,
          });
          const isTold = (ratio: number) =>
            Math.abs(total - ratio * cost) >
            quantile * Math.sqrt(error ** 2 - 2 * ratio * covariance + (ratio * costError) ** 2);
          const unbounded = quantile * costError >= cost;
          expect(back.isUnbounded).toBe(unbounded);
          if (unbounded) {
            expect([back.iroasLow, back.iroasHigh, back.roiLow]).toEqual([
              Number.NaN,
              Number.NaN,
              Number.NaN,
            ]);
            return;
          }
          fc.pre(back.g < 0.98);
          expect(back.iroasLow / walk(total / cost, -1, isTold)).toBeCloseTo(1, 5);
          expect(back.iroasHigh / walk(total / cost, 1, isTold)).toBeCloseTo(1, 5);
          expect(back.roiHigh).toBeCloseTo(back.iroasHigh * 0.4 - 1, 9);
        },
      ),
      { seed: 9 },
    );
  });

  it('says that a cost which cannot be told from nothing bounds nothing', () => {
    const back = returnOnInvestment({
      incremental: revenue(180, 30),
      cost: 100,
      costStandardError: 52,
      margin: 1,
      confidence: 0.95,
    });
    expect(back.g).toBeCloseTo((z * 0.52) ** 2, 9);
    expect(back).toMatchObject({
      isUnbounded: true,
      roiLow: NaN,
      roiHigh: NaN,
      iroasLow: NaN,
      iroasHigh: NaN,
    });
    expect(back.roi).toBeCloseTo(0.8, 12);
  });

  it('takes an interval as it is where there is no standard error, if the cost is fixed', () => {
    const conformal = { total: 300, low: 90, high: 400, standardError: Number.NaN, freedom: Number.NaN };
    const fixed = returnOnInvestment({ incremental: conformal, cost: 100, margin: 0.5, confidence: 0.95 });
    expect(fixed).toMatchObject({ roi: 0.5, iroasLow: 0.9, iroasHigh: 4, roiHigh: 1 });
    expect(fixed.roiLow).toBeCloseTo(-0.55, 12);
    const uncertain = returnOnInvestment({
      incremental: conformal,
      cost: 100,
      costStandardError: 5,
      margin: 0.5,
      confidence: 0.95,
    });
    expect(uncertain).toMatchObject({ roi: 0.5, roiLow: NaN, roiHigh: NaN });
  });

  it('knows no return without a margin, and nothing at all without a cost', () => {
    const of = (cost: number, margin: number) =>
      returnOnInvestment({ incremental: revenue(180, 30), cost, margin, confidence: 0.95 });
    expect(of(100, Number.NaN)).toMatchObject({ roi: NaN, roiLow: NaN, roiHigh: NaN, iroas: 1.8 });
    for (const cost of [0, -3, Number.NaN]) expect(of(cost, 0.4)).toMatchObject({ roi: NaN, iroas: NaN });
  });
});

/** The ratio, on this side of the estimate, from which on it is told from the truth. */
function walk(from: number, side: -1 | 1, isTold: (ratio: number) => boolean): number {
  let step = 1e-6;
  while (!isTold(from + side * step)) step *= 2;
  let [inside, outside] = [step / 2, step];
  for (let round = 0; round < 200; round++) {
    const middle = (inside + outside) / 2;
    if (isTold(from + side * middle)) outside = middle;
    else inside = middle;
  }
  return from + side * outside;
}

/** The .975 quantile of Student's t, from its density by Simpson's rule. */
function quantileByBisection(freedom: number): number {
  const density = (x: number) => (1 + x ** 2 / freedom) ** (-(freedom + 1) / 2);
  const area = (to: number) => simpson(density, to, 4000);
  // ∫ over the whole half-line: x = tan u makes it finite.
  const half = simpson(u => density(Math.tan(u)) / Math.cos(u) ** 2, Math.PI / 2 - 1e-9, 20_000);
  let [low, high] = [0, 20];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (area(middle) / half < 0.95) low = middle;
    else high = middle;
  }
  return low;
}

function simpson(of: (x: number) => number, to: number, steps: number): number {
  const width = to / steps;
  let sum = of(0) + of(to);
  for (let step = 1; step < steps; step++) sum += of(step * width) * (step % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
