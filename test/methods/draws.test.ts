import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import poissonCdf from '@stdlib/stats-base-dists-poisson-cdf';
import { expect, it } from 'vitest';
import { gammaDraw, normalDraw } from '../../methods/draws.ts';
import { mixtureQuantile } from '../../methods/normal-mixture.ts';
import { seededRandom } from '../../methods/random.ts';

/** The largest distance between the shares of draws below a value and what the distribution says. */
function distance(draws: Float64Array, below: (value: number) => number): number {
  const sorted = draws.toSorted();
  return sorted.reduce(
    (worst, value, at) => Math.max(worst, Math.abs((at + 0.5) / sorted.length - below(value))),
    0,
  );
}

/** Kolmogorov's limit, exceeded once in ten thousand. */
const limit = (count: number) => 2.23 / Math.sqrt(count);

it('draws the normal distribution', () => {
  const random = seededRandom(3, 'test', 'normal');
  const draws = Float64Array.from({ length: 50_000 }, () => normalDraw(random));
  expect(distance(draws, value => normalCdf(value, 0, 1))).toBeLessThan(limit(50_000));
});

it.each([1, 4, 40])('draws the gamma distribution of shape %i', shape => {
  const random = seededRandom(shape, 'test', 'gamma');
  const draws = Float64Array.from({ length: 50_000 }, () => gammaDraw(random, shape));
  // Before the shape-th of a Poisson process's events lies what is longer than its waiting time.
  expect(distance(draws, value => 1 - poissonCdf(shape - 1, value))).toBeLessThan(limit(50_000));
});

it('finds quantiles of mixtures', () => {
  const one = mixtureQuantile(Float64Array.of(3), Float64Array.of(2), 0.975);
  expect(one).toBeCloseTo(normalQuantile(0.975, 3, 2), 9);
  const means = Float64Array.of(-1, 0, 5);
  const deviations = Float64Array.of(0.5, 2, 1);
  for (const probability of [0.01, 0.3, 0.5, 0.9]) {
    const quantile = mixtureQuantile(means, deviations, probability);
    const below = means.reduce((sum, mean, at) => sum + normalCdf(quantile, mean, deviations[at]!) / 3, 0);
    expect(below).toBeCloseTo(probability, 9);
  }
});
