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

/** What a regression sees of regressors X and a target y. */
export interface RegressionMoments {
  /** X′X. */
  products: Matrix;
  /** X′y. */
  loads: Float64Array;
  /** y′y. */
  square: number;
  count: number;
}

/** One draw of which regressors matter, how much, and of the variance of what they leave. */
export interface RegressionDraw {
  coefficients: Float64Array;
  variance: number;
}

/**
 * Bayesian regression in which each regressor is in or out (George & McCulloch 1997), with the slab of Scott & Varian 2014: given
 * the variance σ², the coefficients of those that are in have mean 0 and precision (w / n)(X′X + diag X′X) / 2σ². Coefficients and
 * variance are integrated out while regressors are put in and out one by one, as they come.
 *
 * @param scale X′X / n as the slab knows it; with more regressors than expected, each is in with probability expected / count
 * @returns a draw given the data, which remembers who was in
 */
export function spikeAndSlab(
  scale: Matrix,
  priors: RegressionPriors,
): (moments: RegressionMoments, random: Random) => RegressionDraw {
  const size = scale.rows;
  const slab = Matrix.add(scale, Matrix.diag(scale.diagonal())).mul(priors.coefficientWeight / 2);
  const chance = Math.min(1, priors.expectedSize / size);
  const logOdds = chance < 1 ? Math.log(chance / (1 - chance)) : 0;
  const isIn = new Array<boolean>(size).fill(true);

  /** The fit with those regressors that are in, and how probable this choice is (its logarithm, up to a constant). */
  const fitOf = ({ products, loads, square, count }: RegressionMoments): Fit => {
    const chosen = isIn.flatMap((is, place) => (is ? [place] : []));
    const prior = priors.varianceWeight * priors.variance;
    const shape = (count + priors.varianceWeight) / 2;
    if (chosen.length === 0)
      return { chosen, rest: prior + square, weight: -shape * Math.log(prior + square) };
    const before = slab.selection(chosen, chosen);
    const factor = new CholeskyDecomposition(Matrix.add(products.selection(chosen, chosen), before));
    const mean = factor.solve(Matrix.columnVector(chosen.map(place => loads[place]!))).to1DArray();
    const explained = chosen.reduce((sum, place, at) => sum + loads[place]! * mean[at]!, 0);
    const rest = prior + Math.max(0, square - explained);
    const narrowed = logDeterminant(new CholeskyDecomposition(before)) - logDeterminant(factor);
    const weight = 0.5 * narrowed - shape * Math.log(rest) + logOdds * chosen.length;
    return { chosen, mean, factor, rest, weight };
  };

  return (moments, random) => {
    let fit = fitOf(moments);
    for (let place = 0; chance < 1 && place < size; place++) {
      isIn[place] = !isIn[place];
      const other = fitOf(moments);
      if (random.next() < 1 / (1 + Math.exp(fit.weight - other.weight))) fit = other;
      else isIn[place] = !isIn[place];
    }
    const variance = fit.rest / 2 / gammaDraw(random, (moments.count + priors.varianceWeight) / 2);
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
}

interface Fit {
  chosen: number[];
  mean?: number[];
  factor?: CholeskyDecomposition;
  rest: number;
  weight: number;
}

function logDeterminant(factor: CholeskyDecomposition): number {
  return factor.lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + 2 * Math.log(value), 0);
}
