import { CholeskyDecomposition, Matrix, solve } from 'ml-matrix';
import { gammaDraw, normalDraw } from './draws.ts';
import type { Random } from './random.ts';

export interface RegressionPriors {
  /** How many of the regressors are expected to matter. */
  expectedSize: number;
  /** Guess at the variance of what the regressors leave, and how many observations it is worth. */
  variance: number;
  varianceWeight: number;
  /** How many observations the guess that all coefficients are 0 is worth. */
  coefficientWeight: number;
}

/** One draw of which regressors matter, how much, and of the variance of what they leave. */
export interface RegressionDraw {
  coefficients: Float64Array;
  variance: number;
}

export interface SpikeAndSlab {
  draw(target: Float64Array, random: Random): RegressionDraw;
}

/**
 * Bayesian regression in which each regressor is in or out (George & McCulloch 1997), with the slab of Scott & Varian 2014: given
 * the variance σ², the coefficients of those that are in have mean 0 and precision (w / n)(X′X + diag X′X) / 2σ². Coefficients and
 * variance are integrated out while regressors are put in and out one by one, as they come.
 *
 * @param regressors each as long as the target; more than expected, and each is in with probability expected / count
 */
export function spikeAndSlab(regressors: readonly Float64Array[], priors: RegressionPriors): SpikeAndSlab {
  const size = regressors.length;
  const length = regressors[0]?.length ?? 0;
  const products = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const product = dot(regressors[i]!, regressors[j]!);
      products.set(i, j, product).set(j, i, product);
    }
  const precision = products.clone();
  for (let i = 0; i < size; i++) precision.set(i, i, 2 * products.get(i, i));
  precision.mul(priors.coefficientWeight / (2 * length));
  const posteriorPrecision = Matrix.add(products, precision);
  const chance = Math.min(1, priors.expectedSize / size);
  const logOdds = Math.log(chance / (1 - chance));
  const isIn = new Array<boolean>(size).fill(true);

  /** The fit with those regressors that are in, and how probable this choice is (its logarithm, up to a constant). */
  const fitOf = (loads: readonly number[], square: number, count: number): Fit => {
    const chosen = isIn.flatMap((is, place) => (is ? [place] : []));
    const prior = priors.varianceWeight * priors.variance;
    const shape = (count + priors.varianceWeight) / 2;
    if (chosen.length === 0)
      return { chosen, rest: prior + square, weight: -shape * Math.log(prior + square) };
    const factor = new CholeskyDecomposition(posteriorPrecision.selection(chosen, chosen));
    const mean = factor.solve(Matrix.columnVector(chosen.map(place => loads[place]!))).to1DArray();
    const explained = chosen.reduce((sum, place, at) => sum + loads[place]! * mean[at]!, 0);
    const rest = prior + Math.max(0, square - explained);
    const before = logDeterminant(new CholeskyDecomposition(precision.selection(chosen, chosen)));
    const weight = 0.5 * (before - logDeterminant(factor)) - shape * Math.log(rest) + logOdds * chosen.length;
    return { chosen, mean, factor, rest, weight };
  };

  const draw = (target: Float64Array, random: Random): RegressionDraw => {
    const loads = regressors.map(regressor => dot(regressor, target));
    const square = dot(target, target);
    let fit = fitOf(loads, square, target.length);
    for (let place = 0; chance < 1 && place < size; place++) {
      isIn[place] = !isIn[place];
      const other = fitOf(loads, square, target.length);
      if (random.next() < 1 / (1 + Math.exp(fit.weight - other.weight))) fit = other;
      else isIn[place] = !isIn[place];
    }
    const shape = (target.length + priors.varianceWeight) / 2;
    const variance = fit.rest / 2 / gammaDraw(random, shape);
    const coefficients = new Float64Array(size);
    if (fit.factor !== undefined) {
      const noise = Matrix.columnVector(fit.chosen.map(() => normalDraw(random) * Math.sqrt(variance)));
      const spread = solve(fit.factor.lowerTriangularMatrix.transpose(), noise);
      fit.chosen.forEach((place, at) => {
        coefficients[place] = fit.mean![at]! + spread.get(at, 0);
      });
    }
    return { coefficients, variance };
  };
  return { draw };
}

interface Fit {
  chosen: number[];
  mean?: number[];
  factor?: CholeskyDecomposition;
  rest: number;
  weight: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function logDeterminant(factor: CholeskyDecomposition): number {
  return factor.lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + 2 * Math.log(value), 0);
}
