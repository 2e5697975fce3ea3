import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, judgeEach } from '../../methods/coverage.ts';
import { seededRandom } from '../../methods/random.ts';
import { ReverseCascades, SetPool } from '../../methods/reverse-reachable.ts';
import { ExactSpread, playForwards, type World, worldOf } from './independent-cascade.ts';

const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5] as const;
const half = worldOf(6, [
  [a, b, 1 / 2],
  [a, c, 1 / 2],
  [b, d, 1 / 2],
  [c, d, 1 / 2],
  [d, f, 1 / 2],
  [e, d, 1 / 4],
]);

const everyone = (world: World) => Int32Array.from({ length: world.peopleCount }, (_, person) => person);
const surely = (...people: number[]) => new Map(people.map(person => [person, 1]));

/** The worth that reverse-reachable sets give to the seeds (people, all of them candidates), and its standard error. */
function estimate(world: World, asked: ReadonlyMap<number, number>, sets: number, seed = 1) {
  const cascades = new ReverseCascades({ ...world, seeds: everyone(world) });
  const pool = new SetPool();
  cascades.drawUpTo(pool, sets, seededRandom(seed, 'test', 'sets'));
  const acceptance = Float64Array.from(everyone(world), person => asked.get(person) ?? 0);
  const share = judge(pool, [...asked.keys()], acceptance).marginal.reduce((x, y) => x + y, 0) / sets;
  return {
    mean: share * cascades.worth,
    error: Math.sqrt(Math.max(0, share * (1 - share)) / sets) * cascades.worth,
    pool,
    acceptance,
  };
}

describe('exact spread', () => {
  it('[vector] IC a→b, a→c, b→d, c→d, d→f all ½, e→d ¼', () => {
    const exact = new ExactSpread(half);
    const spread = [a, b, c, d, e, f].map(person => exact.of(surely(person)));
    expect(spread).toEqual([85 / 32, 7 / 4, 7 / 4, 3 / 2, 11 / 8, 1]);
    const pairs = [...everyone(half)]
      .flatMap((one, at) => [...everyone(half).slice(at + 1)].map(other => [one, other] as const))
      .map(pair => ({ pair, spread: exact.of(surely(...pair)) }))
      .sort((x, y) => y.spread - x.spread);
    expect(pairs[0]).toEqual({ pair: [a, e], spread: 495 / 128 });
  });
});

const anyWorld = fc.integer({ min: 2, max: 8 }).chain(people =>
  fc
    .record({
      ties: fc.uniqueArray(
        fc.tuple(
          fc.integer({ min: 0, max: people - 1 }),
          fc.integer({ min: 0, max: people - 1 }),
          fc.constantFrom(0, 0.05, 0.3, 0.5, 0.9, 1),
        ),
        { selector: ([from, to]) => from * people + to, maxLength: 10 },
      ),
      value: fc.array(fc.constantFrom(0, 0.5, 1, 3), { minLength: people, maxLength: people }),
      accepts: fc.array(fc.constantFrom(0, 0.2, 0.7, 1), { minLength: people, maxLength: people }),
    })
    .map(({ ties, value, accepts }) => ({
      world: worldOf(people, ties, value),
      asked: new Map(accepts.map((chance, person) => [person, chance])),
    })),
);

describe('reverse-reachable sets', () => {
  it('[vector] IC a→b, a→c, b→d, c→d, d→f all ½, e→d ¼: what sets estimate is what enumeration gives', () => {
    for (const person of everyone(half)) {
      const { mean, error } = estimate(half, surely(person), 200_000);
      expect(Math.abs(mean - new ExactSpread(half).of(surely(person)))).toBeLessThan(4 * error);
    }
    const pair = estimate(half, surely(a, e), 200_000);
    expect(Math.abs(pair.mean - 495 / 128)).toBeLessThan(4 * pair.error);
  });

  it('agree with enumeration on any small network, with values and acceptance', () => {
    fc.assert(
      fc.property(anyWorld, fc.integer({ min: 0, max: 1e6 }), ({ world, asked }, seed) => {
        const exact = new ExactSpread(world).of(asked);
        if (exact === 0) return;
        const { mean, error } = estimate(world, asked, 20_000, seed);
        expect(Math.abs(mean - exact)).toBeLessThan(5.5 * error + 1e-9);
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  it('agree with cascades played forwards where lists of ties are long, equal or falling', () => {
    const random = seededRandom(3, 'test', 'network');
    const people = 150;
    for (const chanceOf of [() => 0.01, () => 0.05 * random.next() ** 3, () => random.next() ** 12]) {
      const ties = new Map<number, [number, number, number]>();
      for (let draw = 0; draw < 8_000; draw++) {
        const [from, to] = [random.below(people), Math.floor(people * random.next() ** 2)];
        ties.set(from * people + to, [from, to, chanceOf()]);
      }
      const world = worldOf(people, [...ties.values()]);
      const asked = new Map([5, 50, 71, 110, 149].map((person, place) => [person, 0.2 + 0.2 * place]));
      const { mean, error } = estimate(world, asked, 40_000);
      const played = playForwards(world, asked, 10_000, seededRandom(4, 'test', 'forwards'));
      expect(Math.abs(mean - played.mean)).toBeLessThan(4 * Math.hypot(error, played.error));
    }
  });

  it('hold each seed as often as the list of ties that leads to it says', () => {
    // One root with 60 ties of different probability: each is let in with its own, whatever is jumped over.
    const chances = Array.from(
      { length: 60 },
      (_, place) => (place % 3 === 0 ? 0.3 : 0.09) / (1 + (place % 7)),
    );
    const world = worldOf(
      61,
      chances.map((chance, place) => [place + 1, 0, chance] as const),
      [1, ...chances.map(() => 0)],
    );
    const sets = 100_000;
    const { pool } = estimate(world, surely(0), sets);
    const counts = new Array<number>(61).fill(0);
    for (let place = 0; place < pool.entries; place++) counts[pool.members[place]!]!++;
    expect(counts[0]).toBe(sets);
    chances.forEach((chance, place) => {
      const error = Math.sqrt((chance * (1 - chance)) / sets);
      expect(Math.abs(counts[place + 1]! / sets - chance)).toBeLessThan(4.5 * error);
    });
  });

  it('are the same for the same seed, and do not depend on how often they are asked for', () => {
    const cascades = () => new ReverseCascades({ ...half, seeds: everyone(half) });
    const [once, twice] = [new SetPool(), new SetPool()];
    cascades().drawUpTo(once, 5000, seededRandom(9, 'test', 'x'));
    const random = seededRandom(9, 'test', 'x');
    const again = cascades();
    again.drawUpTo(twice, 1000, random);
    again.drawUpTo(twice, 5000, random);
    expect(twice.entries).toBe(once.entries);
    expect(twice.members.slice(0, twice.entries)).toEqual(once.members.slice(0, once.entries));
    expect(twice.end.slice(0, twice.stored)).toEqual(once.end.slice(0, once.stored));
  });

  it('leave out whom no seed can reach, exactly', () => {
    const world = worldOf(5, [
      [0, 1, 1],
      [1, 2, 0],
      [3, 1, 1],
    ]);
    const cascades = new ReverseCascades({ ...world, seeds: Int32Array.of(0, -1) });
    expect(cascades.worth).toBe(2);
    const pool = new SetPool();
    cascades.drawUpTo(pool, 100, seededRandom(1, 'test', 'x'));
    expect(pool.stored).toBe(100);
    expect([...pool.members.slice(0, 100)]).toEqual(new Array(100).fill(0));
  });

  it('judge several choices in one pass as one by one', () => {
    fc.assert(
      fc.property(
        anyWorld,
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 5 }),
        ({ world, asked }, draws) => {
          if (new ExactSpread(world).of(surely(...asked.keys())) === 0) return;
          const { pool, acceptance } = estimate(world, asked, 200);
          const lists = draws.map(bits => [...asked.keys()].filter(person => bits & (1 << person)));
          const alone = lists.map(members =>
            judge(pool, members, acceptance).marginal.reduce((x, y) => x + y, 0),
          );
          const together = judgeEach(pool, lists, acceptance);
          alone.forEach((value, place) => {
            expect(together[place]).toBeCloseTo(value, 9);
          });
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  it.each([
    ['a probability above 1', { probability: Float64Array.of(1.5) }, 'tie 0 has the probability 1.5'],
    [
      'a probability that is no number',
      { probability: Float64Array.of(Number.NaN) },
      'tie 0 has the probability NaN',
    ],
    ['a person who is not there', { influenced: Int32Array.of(2) }, 'tie 0 from 0 to 2 is out of order'],
    ['a value below 0', { value: Float64Array.of(1, -1) }, 'each of 2 people needs a value'],
    ['a candidate twice', { seeds: Int32Array.of(1, 1) }, 'person 1 is a candidate twice'],
    ['a candidate who is nobody', { seeds: Int32Array.of(2) }, 'seed 2 is outside 0..1'],
  ])('refuse %s', (_, wrong, message) => {
    const input = { ...worldOf(2, [[0, 1, 0.5]]), seeds: Int32Array.of(0), ...wrong };
    expect(() => new ReverseCascades(input)).toThrow(message);
  });
});
