/**
 * Where only sizes of audiences are known: the distinct audience of the first k is between its largest and its sum, and
 * never above the population, for every k.
 *
 * @param sizes NaN where unknown: it adds nothing to the lower bound, and leaves the population as the upper bound
 * @param population Infinity where unknown
 * @returns one value per prefix; `high` is NaN where there is no upper bound
 */
export function audienceBounds(
  sizes: Float64Array,
  population: number,
): { low: Float64Array; high: Float64Array } {
  let largest = 0;
  let sum = 0;
  const low = sizes.map(size => {
    largest = Math.max(largest, Number.isNaN(size) ? 0 : size);
    return largest;
  });
  const high = sizes.map(size => {
    sum += Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
    const most = Math.min(sum, population);
    return most < Number.POSITIVE_INFINITY ? most : Number.NaN;
  });
  return { low, high };
}
