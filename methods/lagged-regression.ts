import { Matrix } from 'ml-matrix';
import type { Random } from './random.ts';
import { type RegressionDraw, type RegressionPriors, spikeAndSlab } from './spike-and-slab.ts';

/**
 * Bayesian regression whose errors carry over, u_t = φ u_{t−1} + ε_t: given φ, the regression of what each period brings anew,
 * y_t − φ y_{t−1} on x_t − φ x_{t−1}, the first period scaled by √(1 − φ²) (Chib & Greenberg 1994).
 *
 * @param count periods
 * @returns a draw of the coefficients and of the variance of ε
 */
export function laggedRegression(
  regressors: readonly Float64Array[],
  count: number,
  priors: RegressionPriors,
): (target: Float64Array, carry: number, random: Random) => RegressionDraw {
  const same = crossed(regressors, (a, b) => dot(a, 0, b, 0, count));
  const lagged = crossed(regressors, (a, b) => dot(a, 1, b, 0, count - 1) + dot(a, 0, b, 1, count - 1));
  const inner = crossed(regressors, (a, b) => dot(a, 1, b, 1, count - 2));
  const draw = spikeAndSlab(Matrix.mul(same, 1 / count), priors);
  const anew = new Float64Array(count + 1);
  const weights = new Float64Array(count);
  return (target, carry, random) => {
    // Σ (a_t − φ a_{t−1}) e_t + (1 − φ²) a_1 y_1 with e_t = y_t − φ y_{t−1} is one sum of a_t times e_t − φ e_{t+1}.
    for (let t = 1; t < count; t++) anew[t] = target[t]! - carry * target[t - 1]!;
    anew[0] = (1 - carry ** 2) * target[0]!;
    for (let t = 0; t < count; t++) weights[t] = anew[t]! - carry * anew[t + 1]!;
    const products = Matrix.sub(same, Matrix.mul(lagged, carry)).add(Matrix.mul(inner, carry ** 2));
    const loads = Float64Array.from(regressors, regressor => dot(regressor, 0, weights, 0, count));
    return draw({ products, loads, square: dot(target, 0, weights, 0, count), count }, random);
  };
}

function crossed(
  regressors: readonly Float64Array[],
  product: (a: Float64Array, b: Float64Array) => number,
): Matrix {
  const matrix = Matrix.zeros(regressors.length, regressors.length);
  regressors.forEach((a, i) => {
    regressors.forEach((b, j) => {
      matrix.set(i, j, product(a, b));
    });
  });
  return matrix;
}

/** Σ a_{t+shiftA} b_{t+shiftB} over `count` periods. */
function dot(a: Float64Array, shiftA: number, b: Float64Array, shiftB: number, count: number): number {
  let sum = 0;
  for (let t = 0; t < count; t++) sum += a[t + shiftA]! * b[t + shiftB]!;
  return sum;
}
