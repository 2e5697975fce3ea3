import { describe, expect, it } from 'vitest';
import { noInteger } from '../../../contracts/columns.ts';
import type { Feature } from '../../../methods/persona-features.ts';
import { findPersonas, type PersonasInput } from '../../../methods/personas.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { draw, normal } from './clouds.ts';

/** People of so many kinds, by turns, apart in clout and activeness; and what else is said of them is noise. */
function world(people: number, kinds: number, seed = 1): PersonasInput {
  const random = draw(seed, 'people');
  const noise = () => Float64Array.from({ length: people }, () => normal(random));
  const placed = (place: (kind: number) => number) =>
    noise().map((value, row) => 0.3 * value + place(row % kinds));
  const plain = (name: string, values: Float64Array): Feature => ({
    name,
    scale: 'plain',
    unit: '',
    values,
  });
  return {
    seed: 7,
    people,
    features: [
      plain(
        'clout',
        placed(kind => 4 * Math.cos((2 * Math.PI * kind) / kinds)),
      ),
      plain(
        'activeness',
        placed(kind => 4 * Math.sin((2 * Math.PI * kind) / kinds)),
      ),
      plain('si', noise()),
    ],
    influence: new Float64Array(people).fill(1),
    before: new Int32Array(people),
    known: [],
    topic: 'gelato',
  };
}

describe('finding personas', () => {
  it('finds the planted kinds, numbers them by size and says who is near the centre', () => {
    const { personas, membership, choice } = findPersonas(world(90, 3));
    expect([choice.k, choice.verdict]).toEqual([3, 'groups']);
    expect(
      adjustedRand(
        membership.persona_number,
        Array.from({ length: 90 }, (_, row) => row % 3),
      ),
    ).toBe(1);
    expect(personas.map(({ number, size, isNew }) => [number, size, isNew])).toEqual([
      [1, 30, true],
      [2, 30, true],
      [3, 30, true],
    ]);
    expect(Math.min(...personas.map(({ stability }) => stability))).toBeGreaterThan(0.9);
    expect(new Set(personas.map(({ name }) => name.en)).size).toBe(3);
    expect(personas[0]!.name.en).toMatch(/followed|talk/);
    expect(Math.max(...membership.distance)).toBeLessThan(3.5);
  });

  it('gives the same again, and to other seeds the same groups', () => {
    expect(findPersonas(world(90, 3))).toEqual(findPersonas(world(90, 3)));
    const other = findPersonas({ ...world(90, 3), seed: 8 });
    expect(
      adjustedRand(other.membership.persona_number, findPersonas(world(90, 3)).membership.persona_number),
    ).toBe(1);
  });

  it('lets those at the border of influence blur nothing', () => {
    const { influence, features, ...input } = world(150, 3);
    // Of the last sixty people nothing is like anything else.
    const random = draw(3, 'border');
    const blurred = features.map(feature => ({
      ...feature,
      values: feature.values.map((value, row) => (row < 90 ? value : 4 * normal(random))),
    }));
    const ofMovers = influence.map((_, row) => (row < 90 ? 1 : 0.02));
    const { choice, membership } = findPersonas({ ...input, features: blurred, influence: ofMovers });
    const alike = findPersonas({ ...input, features: blurred, influence });
    expect([choice.k, alike.choice.k]).toEqual([3, 1]);
    const kinds = Array.from({ length: 90 }, (_, row) => row % 3);
    expect(adjustedRand(membership.persona_number.subarray(0, 90), kinds)).toBe(1);
    expect(membership.persona_number.every(number => number >= 1)).toBe(true);
  });

  it('puts who has no habits to the nearest persona', () => {
    const { membership, personas } = findPersonas({ ...world(105, 3), people: 90 });
    const kinds = Array.from({ length: 105 }, (_, row) => row % 3);
    expect(adjustedRand(membership.persona_number, kinds)).toBe(1);
    expect(personas.map(({ size }) => size)).toEqual([35, 35, 35]);
  });

  it('says that there are none, and lists everyone without one', () => {
    const input = world(60, 1);
    const { personas, membership, choice } = findPersonas(input);
    expect(choice.k).toBe(1);
    expect(personas).toEqual([]);
    expect(new Set(membership.persona_number)).toEqual(new Set([noInteger]));
    expect(membership.distance.every(Number.isNaN)).toBe(true);
  });

  it('keeps number and name over nights on which people come, go and change a little', () => {
    let before = findPersonas(world(90, 3));
    const names = before.personas.map(({ name }) => name);
    for (let night = 2; night <= 4; night++) {
      const input = world(90 + night, 3, night);
      const last = before.membership.persona_number;
      const again = findPersonas({
        ...input,
        before: Int32Array.from({ length: input.people }, (_, row) => last[row] ?? 0),
        known: before.personas.map(({ number, name }) => ({ number, name })),
      });
      expect(again.personas.map(({ number, name, isNew }) => [number, name, isNew])).toEqual(
        names.map((name, place) => [place + 1, name, false]),
      );
      expect(again.membership.persona_number.slice(0, 90)).toEqual(last.slice(0, 90));
      before = again;
    }
  });

  it('never gives a number again: a persona that is born takes the next one', () => {
    const first = findPersonas(world(60, 2));
    const { features, ...kinds } = world(120, 4);
    const known = [
      ...first.personas.map(({ number, name }) => ({ number, name })),
      { number: 9, name: { en: 'gone', fr: 'partis' } },
    ];
    const second = findPersonas({ ...kinds, features: features.slice(0, 2), known });
    expect(second.personas.map(({ number, isNew }) => [number, isNew])).toEqual([
      [10, true],
      [11, true],
      [12, true],
      [13, true],
    ]);
  });

  it('a persona that was away for a night comes back as itself', () => {
    const first = findPersonas(world(90, 3));
    const known = first.personas.map(({ number, name }) => ({ number, name }));
    const away = { number: 4, name: { en: 'others', fr: 'autres' } };
    const again = findPersonas({
      ...world(90, 3, 2),
      before: first.membership.persona_number,
      known: [...known, away],
    });
    expect(again.personas.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(again.personas.every(({ similarity }) => similarity === 1)).toBe(true);
  });

  it('is nothing for nobody', () => {
    const nobody = findPersonas(world(0, 1));
    expect(nobody.choice).toMatchObject({ k: 1, verdict: 'too few' });
    expect(nobody.membership.persona_number).toHaveLength(0);
  });
});
