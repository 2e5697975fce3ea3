import { type Coordination, judgeCoordination } from '../../methods/coordination.ts';
import { Random } from '../../tools/sample/random.ts';
import { inputOf, type Share } from './by-definition.ts';

const second = 1_000_000;
const day = 86_400 * second;

/** Talk in which nobody acts in concert: some share often, some objects spread in bursts, everyone sleeps at night. */
export function talkByChance(
  seed: number,
  size: { authors: number; days: number; perDay: number; kinds?: number[]; largest?: number },
): Share[] {
  const random = new Random(seed, 'talk by chance');
  const { authors, days, perDay, kinds = [1], largest = 1000 } = size;
  const shares: Share[] = [];
  for (let number = 0; number < days; number++) {
    let object = number * 1000;
    for (let count = 0; count < perDay; ) {
      object++;
      const begins = number * day + (8 + 12 * random.next()) * 3600 * second;
      const spread = random.chance(0.3) ? 15 * second : 3600 * second;
      const shared = Math.min(largest, 1 + Math.floor(3 * random.skewed(1, 0.8)));
      for (let share = 0; share < shared; share++, count++)
        shares.push({
          message: shares.length,
          author: Math.floor(authors * random.next() ** 2),
          kind: random.pick(kinds),
          object,
          micros: Math.floor(begins + spread * random.next()),
        });
    }
  }
  return shares;
}

export const verdict = (shares: readonly Share[]): Coordination => judgeCoordination(inputOf(shares));

/** How many pairs are flagged. */
export const flags = (shares: readonly Share[]): number =>
  verdict(shares).is_flagged.filter(flag => flag === 1).length;
