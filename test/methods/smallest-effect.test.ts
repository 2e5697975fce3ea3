import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../methods/random.ts';
import { powerOf, smallestEffect, spreadOf, verdicts } from '../../methods/smallest-effect.ts';

describe('the smallest effect', () => {
  test('[vector] Bloom 1995: 2.8 standard errors at .05 and .8 in large samples', () => {
    const treated = 2e6;
    const error = Math.sqrt(2 / treated);
    expect(smallestEffect({ treated, control: treated, standardDeviation: 1 }) / error).toBeCloseTo(
      2.8016,
      3,
    );
  });

  test('[vector] by a table of t: 2.100922 and .862049 at 18 degrees of freedom', () => {
    const found = smallestEffect({ treated: 10, control: 10, standardDeviation: 2 });
    expect(found).toBeCloseTo((2.100922 + 0.862049) * 2 * Math.sqrt(0.2), 5);
  });

  test.each([
    { treated: 12, control: 12, standardDeviation: 900 },
    { treated: 23, control: 6, standardDeviation: 7.5 },
    { treated: 6, control: 50, standardDeviation: 1 },
  ])('is found in four of five experiments, and nothing in nineteen of twenty without it: %o', design => {
    const random = seededRandom(7, 'recruitment', JSON.stringify(design));
    const effect = smallestEffect(design);
    const experiments = 20_000;
    const still = Array.from({ length: experiments }, () => statistic(design, 0, random.next)).sort(
      (a, b) => a - b,
    );
    // The critical value from experiments in which nothing happened, not from a table.
    const critical = still[Math.floor(0.95 * experiments)]!;
    let found = 0;
    for (let i = 0; i < experiments; i++) if (statistic(design, effect, random.next) > critical) found++;
    expect(found / experiments).toBeGreaterThan(0.785);
    expect(found / experiments).toBeLessThan(0.815);
  });

  test('is unknown with fewer than two units in an arm', () => {
    expect(smallestEffect({ treated: 1, control: 30, standardDeviation: 1 })).toBeNaN();
    expect(smallestEffect({ treated: 30, control: 0, standardDeviation: 1 })).toBeNaN();
  });
});

describe('what a design could show', () => {
  const outcome = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

  test('is its smallest effect, by the difference that it compares', () => {
    const change = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    const arms = { treated: 5, control: 5 };
    expect(powerOf(outcome, change, arms)).toEqual({
      baselineMean: 5.5,
      standardDeviation: Math.sqrt(2.5 / 9),
      smallestEffect: smallestEffect({ ...arms, standardDeviation: Math.sqrt(2.5 / 9) }),
      verdict: verdicts.decides,
    });
  });

  test('is nothing where there are too few units, nothing was observed, or all are alike', () => {
    const of = (values: Float64Array, treated: number, control: number) =>
      powerOf(values, values, { treated, control });
    expect(of(outcome, 6, 4)).toMatchObject({ smallestEffect: NaN, verdict: verdicts.tooFewUnits });
    expect(
      of(
        outcome.map(() => NaN),
        5,
        5,
      ),
    ).toMatchObject({ smallestEffect: NaN, verdict: verdicts.noDaysBefore });
    expect(
      of(
        outcome.map(() => 3),
        5,
        5,
      ),
    ).toMatchObject({ baselineMean: 3, smallestEffect: NaN, verdict: verdicts.noDifferences });
  });
});

/** |t| of one experiment with normal outcomes. */
function statistic(
  { treated, control, standardDeviation }: Parameters<typeof smallestEffect>[0],
  effect: number,
  next: () => number,
): number {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const arm = (count: number, mean: number) =>
    Float64Array.from({ length: count }, () => mean + standardDeviation * normal());
  const [a, b] = [spreadOf(arm(treated, effect)), spreadOf(arm(control, 0))];
  const pooled =
    ((treated - 1) * a.standardDeviation ** 2 + (control - 1) * b.standardDeviation ** 2) /
    (treated + control - 2);
  return Math.abs(a.mean - b.mean) / Math.sqrt(pooled * (1 / treated + 1 / control));
}
