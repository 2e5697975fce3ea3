import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawHoldOut } from '../../methods/hold-out.ts';

const drawn = (stratum: number[], lot: number[], share: number, before = stratum.map(() => -1)) => [
  ...drawHoldOut({
    stratum: Int32Array.from(stratum),
    lot: Float64Array.from(lot),
    before: Int8Array.from(before),
    share,
  }),
];

describe('the hold-out', () => {
  test('takes of each stratum its share, the remainders by size, whom by lot', () => {
    // Due .1 × 14, 12 and 4: 1.4, 1.2 and .4; three in all, so that the last one is between the first stratum and the third.
    const stratum = [...Array(14).fill(0), ...Array(12).fill(1), ...Array(4).fill(2)];
    const lot = stratum.map((_, unit) => (unit * 7) % 30);
    const held = drawn(stratum, lot, 0.1).flatMap((one, unit) => (one === 1 ? [unit] : []));
    const lowest = (of: number, count: number) =>
      [...stratum.keys()]
        .filter(unit => stratum[unit] === of)
        .sort((a, b) => lot[a]! - lot[b]!)
        .slice(0, count);
    const [second] = lowest(0, 2).slice(1);
    const [third] = lowest(2, 1);
    const last = lot[second!]! < lot[third!]! ? second! : third!;
    expect(held.sort((a, b) => a - b)).toEqual(
      [...lowest(0, 1), ...lowest(1, 1), last].sort((a, b) => a - b),
    );
  });

  test('is nobody at 0, everybody at 1, and there may be nobody to draw', () => {
    expect(drawn([0, 1, 1], [3, 1, 2], 0)).toEqual([0, 0, 0]);
    expect(drawn([0, 1, 1], [3, 1, 2], 1)).toEqual([1, 1, 1]);
    expect(drawn([], [], 0.1)).toEqual([]);
  });

  test('holds the share overall and in each stratum, and follows the lot', () => {
    const worlds = fc.record({
      stratum: fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(worlds, ({ stratum, share, seed }) => {
        const lot = stratum.map((_, unit) => (unit * 7919 + seed) % 10_007);
        const held = drawn(stratum, lot, share);
        expect(held.reduce((a, b) => a + b, 0)).toBe(Math.round(share * stratum.length));
        for (const one of new Set(stratum)) {
          const units = [...stratum.keys()].filter(unit => stratum[unit] === one);
          const taken = units.filter(unit => held[unit] === 1);
          expect(Math.abs(taken.length - share * units.length)).toBeLessThan(1);
          const left = units.filter(unit => held[unit] === 0);
          const highest = Math.max(...taken.map(unit => lot[unit]!));
          for (const unit of left) expect(lot[unit]!).toBeGreaterThan(highest);
        }
      }),
    );
  });

  test('gives newcomers to the strata that lack most, and moves nobody who was drawn before', () => {
    // Due 2 of each stratum of 4: the first has 3 already, the second none, the third 1; 6 − 4 = 2 are wanted.
    const stratum = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    const before = [1, 1, 1, -1, 0, -1, -1, -1, 1, 0, -1, -1];
    const lot = [0, 1, 2, 0, 4, 9, 8, 7, 3, 5, 6, 10];
    // The second lacks 2 and takes its lowest lot; then it lacks 1 as the third does, whose next lot is lower.
    expect(drawn(stratum, lot, 0.5, before)).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0]);
    expect(drawn(stratum, lot, 0.1, before)).toEqual(before.map(one => (one === 1 ? 1 : 0)));
  });

  test('comes as near to the share as those allow who were drawn before', () => {
    const unit = fc.record({ stratum: fc.nat(4), before: fc.constantFrom(-1, 0, 1), lot: fc.nat() });
    const units = fc.array(unit, { maxLength: 60 });
    fc.assert(
      fc.property(units, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const before = all.map(one => one.before);
        const held = drawn(
          all.map(one => one.stratum),
          all.map(one => one.lot),
          share,
          before,
        );
        before.forEach((one, at) => {
          if (one !== -1) expect(held[at]).toBe(one);
        });
        const fixed = before.filter(one => one === 1).length;
        const most = fixed + before.filter(one => one === -1).length;
        const wanted = Math.min(most, Math.max(fixed, Math.round(share * all.length)));
        expect(held.reduce((a, b) => a + b, 0)).toBe(wanted);
      }),
    );
  });
});
