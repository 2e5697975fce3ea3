import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapleyCredit } from '../../../methods/shapley-credit.ts';
import { pathsOf, vector, type Walk, walks } from './paths.ts';

/** The mean of what each channel adds, over all orders in which channels may come together (Shapley's own definition). */
function byDefinition(list: readonly Walk[], channels: number, worthOf: (walk: Walk) => number): number[] {
  const worth = (coalition: ReadonlySet<number>) =>
    list
      .filter(walk => walk.channels.length > 0 && walk.channels.every(one => coalition.has(one)))
      .reduce((sum, walk) => sum + worthOf(walk), 0);
  const sums = new Array<number>(channels).fill(0);
  const orders = permutations([...sums.keys()]);
  for (const order of orders) {
    const coalition = new Set<number>();
    for (const one of order) {
      const before = worth(coalition);
      sums[one]! += worth(coalition.add(one)) - before;
    }
  }
  return sums.map(sum => sum / orders.length);
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap(first =>
    permutations(items.filter(item => item !== first)).map(rest => [first, ...rest]),
  );
}

it('[vector] g×2, m×1, g>m×1 convert, g×1 does not ⇒ 2.5 / 1.5', () => {
  const { orders, value } = shapleyCredit(pathsOf(vector, 2));
  expect([...orders]).toEqual([2.5, 1.5]);
  expect([...value]).toEqual([25, 15]);
});

it('is the mean contribution over all 120 orders of 5 channels', () => {
  fc.assert(
    fc.property(walks(5), list => {
      const { orders, value } = shapleyCredit(pathsOf(list, 5));
      byDefinition(list, 5, walk => walk.orders).forEach((credit, one) => {
        expect(orders[one]).toBeCloseTo(credit, 9);
      });
      byDefinition(list, 5, walk => walk.orders * walk.price).forEach((credit, one) => {
        expect(value[one]).toBeCloseTo(credit, 8);
      });
    }),
  );
});
