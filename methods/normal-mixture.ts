import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/**
 * The quantile of an even mixture of normal distributions, to one part in 10¹² of its breadth: by halving, because its distribution
 * function only ever rises.
 *
 * @param probability within (0, 1)
 */
export function mixtureQuantile(means: Float64Array, deviations: Float64Array, probability: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  means.forEach((mean, at) => {
    low = Math.min(low, mean - 10 * deviations[at]!);
    high = Math.max(high, mean + 10 * deviations[at]!);
  });
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    let below = 0;
    for (let at = 0; at < means.length; at++) below += normalCdf(middle, means[at]!, deviations[at]!);
    if (below < probability * means.length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
