/** Distinct people who have a tie from somebody of the list so far, after each of its members: exact. */
export function distinctAudience(
  people: ArrayLike<number>,
  start: Int32Array,
  influenced: Int32Array,
  peopleCount: number,
): Float64Array {
  const isCounted = new Uint8Array(peopleCount);
  let count = 0;
  return Float64Array.from(people, person => {
    for (let tie = start[person]!; tie < start[person + 1]!; tie++) {
      if (isCounted[influenced[tie]!] === 1) continue;
      isCounted[influenced[tie]!] = 1;
      count++;
    }
    return count;
  });
}

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
