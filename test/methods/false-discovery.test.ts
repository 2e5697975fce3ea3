import fc from 'fast-check';
import { expect, it } from 'vitest';
import { falseDiscoveryRates } from '../../methods/false-discovery.ts';

/** The p-values of table 1 in Benjamini & Hochberg (1995), of which their procedure rejects four at .05. */
const thrombolysis = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];

/** The least level at which the step-up procedure rejects each: every p-value is tried as the last one rejected. */
function byDefinition(p: readonly number[], tests: number): number[] {
  return p.map(own => {
    const levels = p
      .filter(last => last >= own)
      .map(last => (last * tests) / p.filter(other => other <= last).length);
    return Math.min(1, ...levels);
  });
}

it('[vector] Benjamini & Hochberg 1995: four of fifteen at .05', () => {
  const q = falseDiscoveryRates(Float64Array.from(thrombolysis), 15);
  expect([...q].filter(value => value <= 0.05)).toHaveLength(4);
  expect(q[3]).toBeCloseTo((0.0095 * 15) / 4, 14);
});

it('[vector] Benjamini & Hochberg 1995, other p-values, ties and tests not at hand: as the procedure says', () => {
  const anyP = fc.oneof(fc.constantFrom(0.01, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(anyP, { maxLength: 20 }), fc.integer({ min: 0, max: 50 }), (p, more) => {
      const q = falseDiscoveryRates(Float64Array.from(p), p.length + more);
      for (const [place, wanted] of byDefinition(p, p.length + more).entries())
        expect(q[place]).toBeCloseTo(wanted, 12);
    }),
  );
});
