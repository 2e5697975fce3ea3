import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { expect, it } from 'vitest';
import { markovRemoval } from '../../../methods/markov-removal.ts';
import { seededRandom } from '../../../methods/random.ts';
import { pathsOf, vector, type Walk, walks } from './paths.ts';

/** Where each step of the walks leads, repeats included: from −1 (the start) to a channel, `order` or `none`. */
function countsOf(list: readonly Walk[]): Map<number, Map<number | string, number>> {
  const counts = new Map<number, Map<number | string, number>>();
  for (const { channels, orders } of list) {
    if (channels.length === 0) continue;
    const stops = [-1, ...channels, orders > 0 ? 'order' : 'none'];
    for (let at = 1; at < stops.length; at++) {
      const row = counts.get(stops[at - 1] as number) ?? new Map<number | string, number>();
      row.set(stops[at]!, (row.get(stops[at]!) ?? 0) + (orders || 1));
      counts.set(stops[at - 1] as number, row);
    }
  }
  return counts;
}

/** The chance of an order when whoever comes to `removed` is lost: mass walks the chain step by step until none is left. */
function chanceByWalking(list: readonly Walk[], removed?: number): number {
  const counts = countsOf(list);
  let mass = new Map([[-1, 1]]);
  let ordered = 0;
  while ([...mass.values()].some(share => share > 1e-16)) {
    const next = new Map<number, number>();
    for (const [from, share] of mass) {
      const row = counts.get(from)!;
      const all = [...row.values()].reduce((sum, times) => sum + times, 0);
      for (const [to, times] of row) {
        if (to === 'order') ordered += (share * times) / all;
        else if (typeof to === 'number' && to !== removed)
          next.set(to, (next.get(to) ?? 0) + (share * times) / all);
      }
    }
    mass = next;
  }
  return ordered;
}

it('[vector] g×2, m×1, g>m×1 convert, g×1 does not ⇒ 2.4 / 1.6', () => {
  const { orders, value } = markovRemoval(pathsOf(vector, 2));
  expect(orders[0]).toBeCloseTo(2.4, 12);
  expect(orders[1]).toBeCloseTo(1.6, 12);
  expect(value[0]).toBeCloseTo(24, 11);
});

it('divides by what is lost when each channel is taken out and mass walks the chain', () => {
  fc.assert(
    fc.property(walks(5), list => {
      const { orders } = markovRemoval(pathsOf(list, 5));
      const met = list.filter(walk => walk.channels.length > 0);
      const all = met.reduce((sum, walk) => sum + walk.orders, 0);
      if (all === 0) {
        expect([...orders]).toEqual([0, 0, 0, 0, 0]);
        return;
      }
      const whole = chanceByWalking(list);
      const lost = [0, 1, 2, 3, 4].map(one => 1 - chanceByWalking(list, one) / whole);
      const sum = lost.reduce((one, other) => one + other, 0);
      lost.forEach((effect, one) => {
        expect(orders[one]).toBeCloseTo((effect / sum) * all, 9);
      });
    }),
  );
});

it('agrees with a dense solution of 60 channels, long loops among them', () => {
  const random = seededRandom(5, 'test', 'walks');
  const list = Array.from({ length: 2000 }, () => ({
    channels: Array.from({ length: 1 + random.below(40) }, () => random.below(60)),
    orders: random.below(2),
    price: 1,
  }));
  const counts = countsOf(list);
  const chance = (removed?: number) => {
    const left = Matrix.eye(60);
    const right = Matrix.zeros(60, 1);
    const begins = Matrix.zeros(1, 60);
    for (const [from, row] of counts) {
      const all = [...row.values()].reduce((sum, times) => sum + times, 0);
      for (const [to, times] of row) {
        if (from === removed || to === removed) continue;
        if (from === -1) begins.set(0, to as number, times / all);
        else if (to === 'order') right.set(from, 0, times / all);
        else if (typeof to === 'number') left.set(from, to, left.get(from, to) - times / all);
      }
    }
    return begins.mmul(solve(left, right)).get(0, 0);
  };
  const { orders } = markovRemoval(pathsOf(list, 60));
  const lost = Array.from({ length: 60 }, (_, one) => 1 - chance(one) / chance());
  const all = list.reduce((sum, walk) => sum + walk.orders, 0);
  const sum = lost.reduce((one, other) => one + other, 0);
  lost.forEach((effect, one) => {
    expect(orders[one]! / ((effect / sum) * all)).toBeCloseTo(1, 10);
  });
});

it('does not care in which order the paths come, or how often somebody meets a channel in a row', () => {
  fc.assert(
    fc.property(walks(4), list => {
      const credit = markovRemoval(pathsOf(list, 4));
      const doubled = list.map(walk => ({ ...walk, channels: walk.channels.flatMap(one => [one, one]) }));
      expect(markovRemoval(pathsOf([...list].reverse(), 4))).toEqual(credit);
      expect(markovRemoval(pathsOf(doubled, 4))).toEqual(credit);
    }),
  );
});
