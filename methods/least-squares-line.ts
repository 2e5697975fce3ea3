/** One series on another, ordinary least squares. */
export interface Line {
  intercept: number;
  slope: number;
  /** Of y. */
  mean: number;
  /** Of x. */
  meanControl: number;
  /** R². */
  explained: number;
  residuals: Float64Array;
  /** Of the residuals, with n − 2 degrees of freedom. */
  deviation: number;
  /** Variance, per residual variance, of the line's sum over `count` days whose controls add up to `total`. */
  doubt: (count: number, total: number) => number;
}

/** The line of y on x; undefined where x does not vary. */
export function fittedLine(x: Float64Array, y: Float64Array): Line | undefined {
  const n = x.length;
  const [meanX, meanY] = [sum(x) / n, sum(y) / n];
  let [squares, products] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (x[i]! - meanX) ** 2;
    products += (x[i]! - meanX) * (y[i]! - meanY);
  }
  if (squares === 0) return;
  const slope = products / squares;
  const residuals = y.map((value, i) => value - meanY - slope * (x[i]! - meanX));
  const left = sum(residuals.map(value => value ** 2));
  return {
    intercept: meanY - slope * meanX,
    slope,
    mean: meanY,
    meanControl: meanX,
    explained: 1 - left / sum(y.map(value => (value - meanY) ** 2)),
    residuals,
    deviation: Math.sqrt(left / (n - 2)),
    doubt: (count, total) => count ** 2 / n + (total - count * meanX) ** 2 / squares,
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
