/** A line fitted by weighted least squares through the units of one arm. */
export interface WeightedLine {
  intercept: number;
  slope: number;
  /** Sum of the weights; mean of x and squared distances from it, weighted. */
  weight: number;
  mean: number;
  squares: number;
  residuals: Float64Array;
}

/** Weighted least squares of y on x; a level line where x does not vary. */
export function weightedLine(x: Float64Array, y: Float64Array, weights: Float64Array): WeightedLine {
  let weight = 0;
  let [sumX, sumY] = [0, 0];
  weights.forEach((w, unit) => {
    weight += w;
    sumX += w * x[unit]!;
    sumY += w * y[unit]!;
  });
  const [mean, meanY] = [sumX / weight, sumY / weight];
  let [squares, products] = [0, 0];
  weights.forEach((w, unit) => {
    squares += w * (x[unit]! - mean) ** 2;
    products += w * (x[unit]! - mean) * (y[unit]! - meanY);
  });
  const slope = squares === 0 ? 0 : products / squares;
  const residuals = y.map((value, unit) => value - meanY - slope * (x[unit]! - mean));
  return { intercept: meanY - slope * mean, slope, weight, mean, squares, residuals };
}

/**
 * Variance of Σ multiple_i · y_i about the line, robust to unequal variances: HC2 (MacKinnon & White 1985), each squared residual
 * over 1 − its leverage; with trace and squared trace of its quadratic form for the degrees of freedom of Bell & McCaffrey (2002)
 * under the working model that the variances are as 1 / weight.
 */
export function robustVariance(
  line: WeightedLine,
  x: Float64Array,
  weights: Float64Array,
  multiples: Float64Array,
): { variance: number; trace: number; traceOfSquare: number } {
  const { weight, squares, residuals } = line;
  const perSquare = squares === 0 ? 0 : 1 / squares;
  let [variance, trace, traceOfSquare] = [0, 0, 0];
  let [sum, sumOfDistances, sumOfSquares] = [0, 0, 0];
  weights.forEach((w, unit) => {
    const distance = x[unit]! - line.mean;
    const doubt = 1 / weight + distance ** 2 * perSquare;
    const remainder = 1 - w * doubt;
    // A unit through which the line must pass shows nothing of its variance.
    if (remainder < 1e-9) return;
    const share = multiples[unit]! ** 2 / remainder;
    variance += share * residuals[unit]! ** 2;
    trace += share * (1 / w - doubt);
    traceOfSquare += share ** 2 * (1 / w ** 2 - (2 * doubt) / w);
    sum += share;
    sumOfDistances += share * distance;
    sumOfSquares += share * distance ** 2;
  });
  traceOfSquare +=
    (sum / weight) ** 2 + (2 * perSquare * sumOfDistances ** 2) / weight + (sumOfSquares * perSquare) ** 2;
  return { variance, trace, traceOfSquare };
}
