import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { CholeskyDecomposition, inverse, Matrix } from 'ml-matrix';
import type { LevelPriors } from '../../../methods/local-level.ts';

/** One point of the grid: how probable, and what the flight's total is there. */
interface Point {
  logWeight: number;
  mean: number;
  deviation: number;
}

/**
 * The posterior of the flight's expected total in standardised series, by brute force: a grid over both variances, the share carried
 * over and all choices of controls; level and coefficients integrated out by writing down the dense joint normal of all periods.
 */
export function posteriorByGrid(
  y: readonly number[],
  x: readonly (readonly number[])[],
  before: number,
  periods: number,
  priors: LevelPriors,
) {
  const points: Point[] = [];
  const chance = Math.min(1, priors.expectedSize / x.length);
  for (let choice = 0; choice < 2 ** x.length; choice++) {
    const chosen = x.filter((_, place) => (choice >> place) & 1);
    const logChoice = logPower(chance, chosen.length) + logPower(1 - chance, x.length - chosen.length);
    if (logChoice === Number.NEGATIVE_INFINITY) continue;
    for (const variance of geometric(0.02, 1.2, 9))
      for (const stepVariance of geometric(0.002, 0.3, 7))
        for (const carry of priors.carries ? even(-0.98, 0.98, 16) : [0]) {
          // Both variances lie evenly in their logarithm, so that one power of each goes.
          const prior =
            logChoice +
            inverseGamma(variance, priors.varianceWeight, priors.variance) +
            inverseGamma(stepVariance, priors.stepWeight, priors.step ** 2);
          points.push(pointOf(y, chosen, before, periods, { variance, stepVariance, carry, priors, prior }));
        }
  }
  const largest = Math.max(...points.map(point => point.logWeight));
  const weights = points.map(point => Math.exp(point.logWeight - largest));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (of: (point: Point) => number) =>
    points.reduce((sum, point, at) => sum + (weights[at]! / all) * of(point), 0);
  const mean = average(point => point.mean);
  const quantile = (probability: number) => {
    let [low, high] = [mean - 100, mean + 100];
    for (let halving = 0; halving < 50; halving++) {
      const middle = (low + high) / 2;
      if (average(point => normalCdf(middle, point.mean, point.deviation)) < probability) low = middle;
      else high = middle;
    }
    return low;
  };
  const deviation = Math.sqrt(average(point => (point.mean - mean) ** 2 + point.deviation ** 2));
  return { mean, deviation, quantile };
}

function pointOf(
  y: readonly number[],
  chosen: readonly (readonly number[])[],
  before: number,
  periods: number,
  at: { variance: number; stepVariance: number; carry: number; priors: LevelPriors; prior: number },
): Point {
  const { variance, stepVariance, carry, priors, prior } = at;
  const longRun = variance / (1 - carry ** 2);
  const covariance = Matrix.zeros(periods, periods);
  for (let i = 0; i < periods; i++)
    for (let j = 0; j < periods; j++)
      covariance.set(i, j, 1 + stepVariance * Math.min(i, j) + longRun * carry ** Math.abs(i - j));
  if (chosen.length > 0) {
    const all = new Matrix(chosen.map(one => [...one])).transpose();
    const past = all.subMatrix(0, before - 1, 0, chosen.length - 1);
    const products = past.transpose().mmul(past);
    const slab = Matrix.add(products, Matrix.diag(products.diagonal())).mul(
      priors.coefficientWeight / 2 / before,
    );
    const told = all.mmul(inverse(slab)).mmul(all.transpose()).mul(variance);
    // Both halves alike to the last bit, as the decomposition demands.
    covariance.add(Matrix.add(told, told.transpose()).mul(0.5));
  }
  const factor = new CholeskyDecomposition(covariance.subMatrix(0, before - 1, 0, before - 1));
  const surprise = Matrix.columnVector(y.slice(0, before).map(value => value - y[0]!));
  const solved = factor.solve(surprise);
  const logDeterminant = factor.lowerTriangularMatrix
    .diagonal()
    .reduce((sum, value) => sum + 2 * Math.log(value), 0);
  const across = covariance.subMatrix(before, periods - 1, 0, before - 1);
  const sums = across.sum('column');
  const row = Matrix.rowVector(sums);
  const flight = covariance.subMatrix(before, periods - 1, before, periods - 1).sum();
  return {
    logWeight: prior - 0.5 * (logDeterminant + surprise.transpose().mmul(solved).get(0, 0)),
    mean: (periods - before) * y[0]! + row.mmul(solved).get(0, 0),
    deviation: Math.sqrt(flight - row.mmul(factor.solve(row.transpose())).get(0, 0)),
  };
}

/** Of the logarithm of a variance whose inverse has a gamma distribution, up to a constant. */
function inverseGamma(value: number, weight: number, guess: number): number {
  return -(weight / 2) * Math.log(value) - (weight * guess) / (2 * value);
}

function logPower(base: number, times: number): number {
  return times === 0 ? 0 : times * Math.log(base);
}

function even(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => low + ((high - low) * (at + 0.5)) / count);
}

function geometric(low: number, high: number, count: number): number[] {
  return even(Math.log(low), Math.log(high), count).map(Math.exp);
}
