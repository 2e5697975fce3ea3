import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itWith, realData } from '../methods/real-data.ts';
import { type Edge, edgesOf, medianOf, type Share } from './by-definition.ts';
import { withCoincidences } from './inSql.ts';

const second = 1_000_000;
const [A, B, C] = [0, 1, 2];

/** `[object, author, second]`, each share a message of its own. */
const sharesOf = (list: readonly (readonly [number, number, number])[]): Share[] =>
  list.map(([object, author, at], message) => ({ message, author, kind: 1, object, micros: at * second }));

type Weight = Pick<Edge, 'a' | 'b' | 'pairs'>;
type Pair = Omit<Edge, 'occasions'>;

/** The edges as SQL finds them, what it says of those that weigh at least two, and the weight that one must be above. */
function edgesInSql(
  shares: readonly Share[],
): Promise<{ weights: Weight[]; pairs: Pair[]; threshold: number }> {
  return withCoincidences({ shares }, async session => {
    const [weight] = await session.rows<{ threshold: number }>('FROM int_weight_threshold');
    const weights = await session.rows<Weight>(
      'SELECT author_a AS a, author_b AS b, pairs FROM int_edges ORDER BY a, b',
    );
    const pairs = await session.rows<Pair>(
      `SELECT author_a AS a, author_b AS b, pairs, shared_objects AS "sharedObjects",
         CAST(least(messages_a, messages_b) AS DOUBLE) / greatest(messages_a, messages_b) AS symmetry
       FROM int_pairs ORDER BY a, b`,
    );
    return { weights, pairs, threshold: weight!.threshold };
  });
}

describe('coordinated sharing', () => {
  const vector = [
    [1, A, 0],
    [1, B, 5],
    [1, C, 20],
    [2, A, 100],
    [2, B, 108],
    [3, A, 200],
    [3, C, 205],
  ] as const;

  it('[vector] CooRTweet: AB has weight 2, AC 1; above the median of 1.5 stands AB alone', async () => {
    const { weights, pairs, threshold } = await edgesInSql(sharesOf(vector));
    expect(weights).toEqual([
      { a: A, b: B, pairs: 2 },
      { a: A, b: C, pairs: 1 },
    ]);
    expect(pairs).toEqual([{ a: A, b: B, pairs: 2, sharedObjects: 2, symmetry: 1 }]);
    expect(threshold).toBe(1.5);
    expect(weights.filter(edge => edge.pairs > threshold).map(({ a, b }) => [a, b])).toEqual([[A, B]]);
  });

  it('[vector] CooRTweet, its times moved and shares repeated: as all pairs of shares say', async () => {
    const anyShift = fc.integer({ min: -8, max: 8 });
    const anyWorld = fc.array(fc.tuple(anyShift, fc.boolean()), { minLength: 7, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(anyWorld, async changes => {
        const shares = sharesOf(
          vector.flatMap(([object, author, at], place) => {
            const [shift, isTwice] = changes[place]!;
            const moved = [object, author, at + shift + 20] as const;
            return isTwice ? [moved, [object, author, at + shift + 23] as const] : [moved];
          }),
        );
        await agrees(shares);
      }),
      { numRuns: 8 },
    );
  });

  it('agrees with all pairs of shares, whatever kinds, days and messages of several objects', async () => {
    const anyShare = fc.record({
      author: fc.integer({ min: 0, max: 4 }),
      kind: fc.constantFrom(1, 2, 4),
      object: fc.integer({ min: 0, max: 2 }),
      // Around two midnights, and just within and beyond ten seconds of each other.
      micros: fc
        .tuple(
          fc.integer({ min: 0, max: 1 }),
          fc.integer({ min: -3, max: 3 }),
          fc.integer({ min: -1, max: 1 }),
        )
        .map(([day, fives, more]) => (day + 1) * 86_400 * second + fives * 5 * second + more),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyShare, { minLength: 5, maxLength: 40 }), async list => {
        // Two shares by one author at one moment are of one message.
        const messages = [...new Set(list.map(({ author, micros }) => `${author} ${micros}`))];
        const shares = list.map(share => ({
          ...share,
          message: messages.indexOf(`${share.author} ${share.micros}`),
        }));
        const distinct = new Map(
          shares.map(share => [`${share.message} ${share.kind} ${share.object}`, share]),
        );
        await agrees([...distinct.values()]);
      }),
      { numRuns: 10 },
    );
  });

  itWith('auspol_cascades.csv')('agrees with all pairs of 10,504 real shares', async () => {
    const [, ...lines] = readFileSync(realData('auspol_cascades.csv'), 'utf8').trim().split('\n');
    const shares = lines.map((line, message) => {
      const [cascade, seconds, , user] = line.split(',').map(Number);
      return { message, author: user!, kind: 4, object: cascade!, micros: Math.round(seconds! * second) };
    });
    const edges = await agrees(shares);
    expect(edges.filter(edge => edge.pairs >= 2).length).toBeGreaterThan(10);
  });

  async function agrees(shares: readonly Share[]): Promise<Edge[]> {
    const wanted = edgesOf(shares);
    const { weights, pairs, threshold } = await edgesInSql(shares);
    expect(weights).toEqual(wanted.map(({ a, b, pairs }) => ({ a, b, pairs })));
    const repeated = wanted.filter(edge => edge.pairs >= 2);
    expect(pairs).toEqual(repeated.map(({ occasions: _, ...edge }) => edge));
    expect(threshold).toBe(medianOf(wanted.map(edge => edge.pairs)));
    return wanted;
  }
});
