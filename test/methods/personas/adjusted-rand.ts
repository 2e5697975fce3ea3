/**
 * Adjusted Rand index of two groupings of the same things (Hubert & Arabie 1985): 1 where they agree, about 0 where they agree
 * as by chance.
 *
 * @param a group of each thing
 * @param b group of each thing, of the same length
 * @returns 1 where both put everything into one group, or each thing into its own
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} things and ${b.length}`);
  const together = new Map<string, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    count(together, `${a[i]} ${b[i]}`);
    count(ofA, a[i]!);
    count(ofB, b[i]!);
  }
  const pairsTogether = pairsIn(together);
  const pairsA = pairsIn(ofA);
  const pairsB = pairsIn(ofB);
  const expected = (pairsA * pairsB) / ((a.length * (a.length - 1)) / 2);
  const most = (pairsA + pairsB) / 2;
  return most === expected || a.length < 2 ? 1 : (pairsTogether - expected) / (most - expected);
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsIn(counts: Map<unknown, number>): number {
  let sum = 0;
  for (const size of counts.values()) sum += (size * (size - 1)) / 2;
  return sum;
}
