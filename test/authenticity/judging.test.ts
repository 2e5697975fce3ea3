import { describe, expect, it } from 'vitest';
import { judgeCoordination } from '../../methods/coordination.ts';
import { poissonTail } from '../../methods/poisson-tail.ts';
import { Random } from '../../tools/sample/random.ts';
import { dayOf, edgesOf, inputOf, type Share } from './by-definition.ts';
import { verdictsOf } from './inSql.ts';
import { flags, talkByChance, verdict } from './talkByChance.ts';

const second = 1_000_000;
const day = 86_400 * second;

/** The same shares, their authors exchanged at random within each kind and day. */
function exchanged(shares: readonly Share[], random: Random): Share[] {
  return [...Map.groupBy(shares, share => `${share.kind} ${dayOf(share)}`).values()].flatMap(together => {
    const authors = random.shuffled(together.map(share => share.author));
    return together.map((share, place) => ({ ...share, author: authors[place]! }));
  });
}

describe('judging coordination', () => {
  it('is given by SQL what the definitions say', async () => {
    const shares = talkByChance(1, { authors: 12, days: 3, perDay: 60, kinds: [1, 4] });
    const [wanted, found] = [verdict(shares), await verdictsOf(shares)];
    const input = inputOf(shares);
    expect(found.author_a).toEqual(input.edges.author_a);
    expect(found.pairs).toEqual(input.edges.pairs);
    expect(found.pairs!.length).toBeGreaterThan(10);
    for (const [place, p] of wanted.p_value.entries()) {
      expect(found.p_value![place]! / p).toBeCloseTo(1, 9);
      expect(found.q_value![place]! / wanted.q_value[place]!).toBeCloseTo(1, 9);
    }
    expect(found.is_flagged).toEqual(wanted.is_flagged);
  });

  it.each([
    ['many authors and small bursts: much the same', { authors: 40, days: 5, perDay: 100, largest: 3 }, 1.5],
    [
      'few authors and large bursts: never less',
      { authors: 20, days: 4, perDay: 80 },
      Number.POSITIVE_INFINITY,
    ],
  ])('gives the p-values of exchanging authors at random; with %s', (_, size, most) => {
    const shares = talkByChance(2, size);
    const edges = edgesOf(shares).filter(edge => edge.pairs >= 2);
    const { p_value } = verdict(shares);
    const random = new Random(2, 'exchange');
    const rounds = 300;
    const atLeast = new Float64Array(edges.length);
    for (let round = 0; round < rounds; round++) {
      const again = new Map(
        edgesOf(exchanged(shares, random)).map(edge => [`${edge.a} ${edge.b}`, edge.occasions.get(1) ?? 0]),
      );
      for (const [place, { a, b, occasions }] of edges.entries())
        if ((again.get(`${a} ${b}`) ?? 0) >= occasions.get(1)!) atLeast[place]!++;
    }
    expect(edges.length).toBeGreaterThan(8);
    for (const [place, count] of atLeast.entries()) {
      const share = count / rounds;
      const error = 4 * Math.sqrt((share * (1 - share) + 1 / rounds) / rounds);
      expect(p_value[place]!, `pair ${place}`).toBeGreaterThan(share - error);
      expect(p_value[place]!, `pair ${place}`).toBeLessThan(most * (share + error));
    }
  });

  it('flags nobody in more than one in twenty worlds without coordination', () => {
    const worlds = 300;
    let withFlags = 0;
    for (let seed = 0; seed < worlds; seed++)
      if (flags(talkByChance(seed, { authors: 60, days: 6, perDay: 50, kinds: [1, 2, 4] })) > 0) withFlags++;
    expect(withFlags / worlds).toBeLessThanOrEqual(0.05);
  });

  it('flags each two of three who share one thing every day within ten seconds, amid such a world', () => {
    const shares = talkByChance(3, { authors: 60, days: 8, perDay: 50 });
    for (let number = 0; number < 8; number++)
      for (const author of [70, 71, 72])
        shares.push({
          message: shares.length,
          author,
          kind: 1,
          object: number * 1000 + 999,
          micros: number * day + 50_000 * second + (author - 70) * 5 * second,
        });
    const { edges } = inputOf(shares);
    const { is_flagged } = verdict(shares);
    const flagged = [...is_flagged.keys()].filter(place => is_flagged[place] === 1);
    expect(flagged.map(place => [edges.author_a[place], edges.author_b[place]])).toEqual([
      [70, 71],
      [70, 72],
      [71, 72],
    ]);
  });

  it('cannot tell a ring from a burst where nobody else shared anything', () => {
    const shares = [0, 1, 2].map(author => ({ message: author, author, kind: 1, object: 1, micros: author }));
    const twice = [
      ...shares,
      ...shares.map(share => ({ ...share, message: share.message + 3, object: 2, micros: day })),
    ];
    expect(flags(twice)).toBe(0);
  });

  it('counts a burst of one object as one occasion', () => {
    const burst = [0, 1, 2, 3].flatMap(time =>
      [0, 1].map(author => ({
        message: 2 * time + author,
        author,
        kind: 1,
        object: 1,
        micros: time * second,
      })),
    );
    const alone = Array.from({ length: 90 }, (_, place) => ({
      message: 10 + place,
      author: 2 + (place % 45),
      kind: 1,
      object: 10 + place,
      micros: place * 60 * second,
    }));
    const input = inputOf([...burst, ...alone]);
    expect([...input.edges.pairs]).toEqual([16]);
    expect([...input.occasions.occasions]).toEqual([1]);
    const chance = 16 / ((98 * 97) / 2 - 2 * 6 - 45);
    expect(input.strata.chance[0]).toBeCloseTo(chance, 12);
    expect(judgeCoordination(input).p_value[0]).toBeCloseTo(poissonTail(1, chance * 16), 12);
  });
});
