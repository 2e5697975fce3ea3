import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalEffects } from '../../methods/total-effects.ts';
import { anyMatrix, denseEffects, denseRadius, tiesOf, withColumnSums } from './dense.ts';

const everyone = (n: number) => Int32Array.from({ length: n }, (_, node) => node);

describe('totalEffects', () => {
  it('sums all paths: on H1 of section 3, (I − W)⁻¹ − I = [[1/7, 4/7], [2/7, 1/7]]', () => {
    const effects = totalEffects({
      ...tiesOf([
        [0, 0.5],
        [0.25, 0],
      ]),
      sources: everyone(2),
    });
    expect(effects[0]).toBeCloseTo(4 / 7, 9);
    expect(effects[1]).toBeCloseTo(2 / 7, 9);
  });

  it('leaves the ties of others unknown', () => {
    const effects = totalEffects({
      ...tiesOf([
        [0, 0.5],
        [0.25, 0],
      ]),
      sources: Int32Array.of(1),
    });
    expect(effects[0]).toBeNaN();
    expect(effects[1]).toBeCloseTo(2 / 7, 9);
  });

  it('counts what comes back to a person who is tied to himself', () => {
    expect(totalEffects({ ...tiesOf([[0.5]]), sources: everyone(1) })[0]).toBeCloseTo(1, 8);
  });

  it('is within its tolerance of a dense inverse', () => {
    fc.assert(
      fc.property(
        anyMatrix,
        fc.constantFrom(0.5, 0.95),
        fc.constantFrom(1e-3, 1e-9),
        (any, most, tolerance) => {
          const ties = tiesOf(withColumnSums(any, most));
          const wanted = denseEffects(ties);
          totalEffects({ ...ties, sources: everyone(ties.n), tolerance }).forEach((effect, tie) => {
            expect(Math.abs(effect - wanted.get(ties.from[tie]!, ties.to[tie]!))).toBeLessThanOrEqual(
              tolerance + 1e-12,
            );
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is right or unknown where columns sum to more than 1', () => {
    let known = 0;
    fc.assert(
      fc.property(anyMatrix, rows => {
        const ties = tiesOf(rows);
        fc.pre(denseRadius(ties) < 0.95);
        const wanted = denseEffects(ties);
        const size = Math.max(1, wanted.max(), -wanted.min());
        totalEffects({ ...ties, sources: everyone(ties.n) }).forEach((effect, tie) => {
          if (Number.isNaN(effect)) return;
          known++;
          expect(Math.abs(effect - wanted.get(ties.from[tie]!, ties.to[tie]!)) / size).toBeLessThanOrEqual(
            1e-8,
          );
        });
      }),
      { numRuns: 300 },
    );
    expect(known).toBeGreaterThan(1000);
  });

  it('refuses a source that is nobody, and influence without a finite sum', () => {
    const h1 = tiesOf([
      [0, 0.5],
      [0.25, 0],
    ]);
    expect(() => totalEffects({ ...h1, sources: Int32Array.of(2) })).toThrow('source 2 is outside 0..1');
    const endless = tiesOf([
      [0, 1],
      [1, 0],
    ]);
    expect(() => totalEffects({ ...endless, sources: everyone(2) })).toThrow(
      'the spectral radius is not below 1',
    );
  });
});
