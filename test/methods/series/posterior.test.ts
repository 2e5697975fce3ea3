import { expect, it } from 'vitest';
import { normalDraw } from '../../../methods/draws.ts';
import { forecastLevel, type LevelPriors, usualPriors } from '../../../methods/local-level.ts';
import { seededRandom } from '../../../methods/random.ts';
import { posteriorByGrid } from './posterior.ts';

const before = 24;
const periods = 30;

/** A series that follows its first control, a little its level, and carries over; standardised over the days before. */
function seriesOf(seed: number) {
  const random = seededRandom(seed, 'test', 'posterior');
  const normal = () => normalDraw(random);
  const x = [0, 1].map(() => Array.from({ length: periods }, normal));
  let level = 0;
  let noise = 0;
  const y = Array.from({ length: periods }, (_, day) => {
    level += 0.15 * normal();
    noise = 0.5 * noise + 0.5 * normal();
    return level + noise + 0.5 * x[0]![day]! + 0.15 * x[1]![day]!;
  });
  return { y: standardised(y), x: x.map(standardised) };
}

function standardised(values: readonly number[]): number[] {
  const past = values.slice(0, before);
  const mean = past.reduce((sum, value) => sum + value, 0) / before;
  const squares = past.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.map(value => (value - mean) / Math.sqrt(squares / (before - 1)));
}

// Every control is in or out with even odds, and nothing is held fast by a prior.
const open: LevelPriors = {
  ...{ step: 0.15, stepWeight: 8, variance: 0.3, varianceWeight: 6 },
  ...{ expectedSize: 1, coefficientWeight: 1, carries: true },
};

it.each([
  ['which nothing carries over', 1, { ...open, carries: false }],
  ['which may carry over', 2, open],
  ['all of whose controls are in', 4, { ...open, expectedSize: 2, coefficientWeight: 0.01 }],
])('draws the posterior that a grid over all parameters gives, of a series %s', (_, seed, priors) => {
  const { y, x } = seriesOf(seed);
  const exact = posteriorByGrid(y, x, before, periods, priors);
  const { total, standardError, low, high } = forecastLevel(
    { outcome: Float64Array.from(y), controls: x.map(one => Float64Array.from(one)), before },
    { confidence: 0.9, random: seededRandom(seed, 'test', 'gibbs'), priors, draws: 20_000 },
  );
  const observed = y.slice(before).reduce((sum, value) => sum + value, 0);
  const apart = (ours: number, theirs: number) => Math.abs(ours - theirs) / exact.deviation;
  expect(apart(total, observed - exact.mean)).toBeLessThan(0.03);
  expect(apart(standardError, exact.deviation)).toBeLessThan(0.04);
  expect(apart(low, observed - exact.quantile(0.95))).toBeLessThan(0.06);
  expect(apart(high, observed - exact.quantile(0.05))).toBeLessThan(0.06);
});

it('needs a thousand draws to be within a tenth of a standard error of itself', () => {
  const { y, x } = seriesOf(5);
  const found = [1, 2, 3, 4, 5, 6, 7, 8].map(seed =>
    forecastLevel(
      { outcome: Float64Array.from(y), controls: x.map(one => Float64Array.from(one)), before },
      {
        confidence: 0.95,
        random: seededRandom(seed, 'test', 'gibbs'),
        priors: { ...usualPriors, carries: true },
      },
    ),
  );
  for (const { total, low, high, standardError } of found) {
    expect(Math.abs(total - found[0]!.total) / standardError).toBeLessThan(0.1);
    expect(Math.abs(low - found[0]!.low) / standardError).toBeLessThan(0.3);
    expect(Math.abs(high - found[0]!.high) / standardError).toBeLessThan(0.3);
  }
});
