import { Matrix } from 'ml-matrix';
import type { Random } from './random.ts';
import { type RegressionDraw, type RegressionPriors, spikeAndSlab } from './spike-and-slab.ts';

/**
 * Bayesian regression whose errors carry over, u_t = φ u_{t−1} + ε_t: given φ, the regression of what each period brings anew,
 * y_t − φ y_{t−1} on x_t − φ x_{t−1}, the first period scaled by √(1 − φ²) (Chib & Greenberg 1994).
 *
 * @returns a draw of the coefficients and of the variance of ε
 */
export function laggedRegression(
  regressors: readonly Float64Array[],
  priors: RegressionPriors,
): (target: Float64Array, carry: number, random: Random) => RegressionDraw {
  const size = regressors.length;
  const count = regressors[0]?.length ?? 0;
  const same = crossed(regressors, (a, b) => dot(a, 0, b, 0, count));
  const lagged = crossed(regressors, (a, b) => dot(a, 1, b, 0, count - 1) + dot(a, 0, b, 1, count - 1));
  const inner = crossed(regressors, (a, b) => dot(a, 1, b, 1, count - 2));
  const draw = spikeAndSlab(Matrix.mul(same, 1 / Math.max(1, count)), priors);
  return (target, carry, random) => {
    // Σ (a_t − φ a_{t−1})(b_t − φ b_{t−1}) + (1 − φ²) a_1 b_1 = Σ ab − φ Σ (a_t b_{t−1} + a_{t−1} b_t) + φ² Σ ab without both ends
    const product = (a: Float64Array) =>
      dot(a, 0, target, 0, target.length) -
      carry * (dot(a, 1, target, 0, target.length - 1) + dot(a, 0, target, 1, target.length - 1)) +
      carry ** 2 * dot(a, 1, target, 1, target.length - 2);
    const products = Matrix.zeros(size, size)
      .add(same)
      .sub(Matrix.mul(lagged, carry))
      .add(Matrix.mul(inner, carry ** 2));
    const loads = Float64Array.from(regressors, product);
    return draw({ products, loads, square: product(target), count: target.length }, random);
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
