import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctAudience } from '../../methods/audience.ts';
import { audienceBounds } from './audience-bounds.ts';

/** Audiences as ties: person i of the result has the i-th audience. */
function tiesOf(audiences: readonly (readonly number[])[]) {
  const start = Int32Array.of(0, ...audiences.map(() => 0));
  audiences.forEach((audience, person) => {
    start[person + 1] = start[person]! + audience.length;
  });
  return { start, influenced: Int32Array.from(audiences.flat()) };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place);

describe('distinct audience', () => {
  it('[vector] 100, 80, 60; pairs 30, 20, 10; triple 5 ⇒ 185', () => {
    // 5 in all three; 25 more in the first two, 15 in first and third, 5 in second and third; the rest alone.
    const [triple, ab, ac, bc] = [range(0, 5), range(5, 30), range(30, 45), range(45, 50)];
    const audiences = [
      [...triple, ...ab, ...ac, ...range(100, 155)],
      [...triple, ...ab, ...bc, ...range(200, 245)],
      [...triple, ...ac, ...bc, ...range(300, 335)],
    ];
    expect(audiences.map(audience => audience.length)).toEqual([100, 80, 60]);
    const { start, influenced } = tiesOf(audiences);
    expect([...distinctAudience([0, 1, 2], start, influenced, 400)]).toEqual([100, 150, 185]);
    const { low, high } = audienceBounds(Float64Array.of(100, 80, 60), Number.POSITIVE_INFINITY);
    expect([low[2], high[2]]).toEqual([100, 240]);
  });

  it('is the size of the union, within the bounds, whatever the audiences', () => {
    const audience = fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(audience, { minLength: 1, maxLength: 6 }), audiences => {
        const { start, influenced } = tiesOf(audiences);
        const distinct = distinctAudience([...audiences.keys()], start, influenced, 30);
        const { low, high } = audienceBounds(
          Float64Array.from(audiences, list => list.length),
          30,
        );
        audiences.forEach((_, last) => {
          expect(distinct[last]).toBe(new Set(audiences.slice(0, last + 1).flat()).size);
          expect(distinct[last]).toBeGreaterThanOrEqual(low[last]!);
          expect(distinct[last]).toBeLessThanOrEqual(high[last]!);
        });
      }),
      { seed: 7 },
    );
  });

  it('has bounds that are reached: one inside the other, and none in common', () => {
    expect(audienceBounds(Float64Array.of(4, 9), 11)).toEqual({
      low: Float64Array.of(4, 9),
      high: Float64Array.of(4, 11),
    });
  });

  it('has no upper bound where a size and the population are unknown', () => {
    const sizes = Float64Array.of(4, Number.NaN, 2);
    expect(audienceBounds(sizes, Number.POSITIVE_INFINITY)).toEqual({
      low: Float64Array.of(4, 4, 4),
      high: Float64Array.of(4, Number.NaN, Number.NaN),
    });
    expect(audienceBounds(sizes, 100).high).toEqual(Float64Array.of(4, 100, 100));
  });
});
