import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Text, withCoincidences } from './inSql.ts';

const second = 1_000_000;

/** Share of their words that two texts have in common (Jaccard), by looking for each. */
function alikeness(one: readonly string[], other: readonly string[]): number {
  const both = one.filter(word => other.includes(word)).length;
  return both / (one.length + other.length - both);
}

it('finds every two texts within ten seconds of which four fifths are the same, and no others', async () => {
  const words = 'a bb ccc dddd eeeee f gg hhh iiii jjjjj k ll'.split(' ');
  const anyText = fc.record({
    author: fc.integer({ min: 0, max: 3 }),
    at: fc.integer({ min: 0, max: 25 }),
    words: fc.subarray(words, { minLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyText, { minLength: 2, maxLength: 25 }), async list => {
      const texts: Text[] = list.map(({ at, ...text }, message) => ({
        message,
        micros: at * second,
        ...text,
      }));
      const found = await withCoincidences({ shares: [], texts }, session =>
        session.rows(
          'SELECT DISTINCT message_a, message_b FROM int_coincidences ORDER BY message_a, message_b',
        ),
      );
      const wanted = texts
        .flatMap(a => texts.map(b => [a, b] as const))
        .filter(([a, b]) => a.author < b.author && Math.abs(a.micros - b.micros) <= 10 * second)
        .filter(([a, b]) => alikeness(a.words, b.words) >= 0.8)
        .map(([a, b]) => ({ message_a: a.message, message_b: b.message }));
      wanted.sort((one, other) => one.message_a - other.message_a || one.message_b - other.message_b);
      expect(found).toEqual(wanted);
    }),
    { numRuns: 10 },
  );
});
