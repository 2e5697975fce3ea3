import logGamma from '@stdlib/math-base-special-gammaln';
import poissonCdf from '@stdlib/stats-base-dists-poisson-cdf';

/**
 * P(X ≥ count) of a Poisson variable, exact to about twelve digits however small: 1 − cdf would end at 1e-16.
 *
 * @param count a whole number
 * @param mean at least 0
 */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean === 0) return 0;
  if (count <= mean) return 1 - poissonCdf(count - 1, mean);
  // Above the mean each further term is smaller than the last by mean / n.
  let term = Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
  let tail = 0;
  for (let n = count + 1; tail + term !== tail; n++) {
    tail += term;
    term *= mean / n;
  }
  return tail;
}
