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
