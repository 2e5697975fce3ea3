import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goTogether, likelihoodRatio, npmi, significant } from '../../methods/association.ts';

/** The four cells of the table, each against what independence would put there. */
function bruteRatio(joint: number, first: number, second: number, total: number): number {
  const cells = [
    [joint, first, second],
    [first - joint, first, total - second],
    [second - joint, total - first, second],
    [total - first - second + joint, total - first, total - second],
  ];
  return (
    2 * cells.reduce((sum, [o, r, c]) => sum + (o === 0 ? 0 : o! * Math.log(o! / ((r! * c!) / total))), 0)
  );
}

describe('NPMI', () => {
  it('[vector] method 6: user 10 of 40 tokens, population 50 of 1000: PMI 2.321928 bits', () => {
    const counts = { joint: 10, first: 40, second: 50, total: 1000 };
    expect((npmi(counts) * -Math.log(10 / 1000)) / Math.LN2).toBeCloseTo(2.321928, 6);
  });

  it('[twin] user 7 of 21 tokens, population 90 of 450, by logarithms to base 2', () => {
    const counts = { joint: 7, first: 21, second: 90, total: 450 };
    const pmi = Math.log2(7 / 450) - Math.log2(21 / 450) - Math.log2(90 / 450);
    expect(npmi(counts)).toBeCloseTo(pmi / -Math.log2(7 / 450), 12);
  });

  it('is −1 never together, 0 independent, 1 never apart', () => {
    expect(npmi({ joint: 0, first: 5, second: 5, total: 100 })).toBe(-1);
    expect(npmi({ joint: 5, first: 10, second: 50, total: 100 })).toBeCloseTo(0, 12);
    expect(npmi({ joint: 5, first: 5, second: 5, total: 100 })).toBeCloseTo(1, 12);
    expect(npmi({ joint: 9, first: 9, second: 9, total: 9 })).toBe(0);
  });
});

describe('the likelihood ratio', () => {
  it('is that of the four cells', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60)), ([a, b, c, d]) => {
        const counts = { joint: a, first: a + b, second: a + c, total: a + b + c + d };
        fc.pre(counts.first > 0 && counts.second > 0 && counts.total > Math.max(counts.first, counts.second));
        const brute = bruteRatio(a, counts.first, counts.second, counts.total);
        expect(likelihoodRatio(counts)).toBeCloseTo(Math.max(0, brute), 8);
      }),
      { seed: 7 },
    );
  });

  it('finds together what chance joins once in a thousand', () => {
    // The quantile of χ² with one degree of freedom: the normal's of 1 − .0005, squared.
    expect(significant).toBeCloseTo(3.290526731491926 ** 2, 6);
    expect(goTogether({ joint: 5, first: 5, second: 100, total: 1000 })).toBe(true);
    expect(goTogether({ joint: 2, first: 5, second: 100, total: 1000 })).toBe(false);
    expect(goTogether({ joint: 0, first: 500, second: 500, total: 1000 })).toBe(false);
  });
});
