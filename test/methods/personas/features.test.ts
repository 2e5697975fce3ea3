import { describe, expect, it } from 'vitest';
import { type Feature, featureSpace, unscaled } from '../../../methods/persona-features.ts';
import { personaName } from '../../../methods/persona-names.ts';
import { type Trait, traitsOf } from '../../../methods/persona-traits.ts';

const feature = (name: string, values: number[], more: Partial<Feature> = {}): Feature => ({
  name,
  scale: 'plain',
  unit: '',
  values: Float64Array.from(values),
  ...more,
});
const { NaN: unknown } = Number;

describe('the space of features', () => {
  it('standardises: mean 0, standard deviation 1; of logs where factors count', () => {
    const { points, features: used } = featureSpace(
      [feature('a', [1, 2, 3, 6]), feature('b', [1, 10, 100, 1000], { scale: 'log' })],
      4,
    );
    expect([...points.values].filter((_, at) => at % 2 === 0)).toEqual(
      [-2, -1, 0, 3].map(part => part / Math.sqrt(3.5)),
    );
    const steps = [-1.5, -0.5, 0.5, 1.5].map(part => part / Math.sqrt(1.25));
    [...points.values]
      .filter((_, at) => at % 2 === 1)
      .forEach((value, row) => {
        expect(value).toBeCloseTo(steps[row]!, 12);
      });
    expect(unscaled(used[1]!.centre, 'log')).toBeCloseTo(Math.sqrt(1000), 10);
    expect(unscaled(Math.log1p(7), 'log1p')).toBeCloseTo(7, 12);
  });

  it('puts the unknown at the mean, and what has no logarithm with it', () => {
    const { points } = featureSpace(
      [feature('a', [1, 3, unknown]), feature('b', [2, 8, 0], { scale: 'log' })],
      3,
    );
    [-1, -1, 1, 1, 0, 0].forEach((value, at) => {
      expect(points.values[at]).toBeCloseTo(value, 12);
    });
  });

  it('drops what is the same for all and what is known of less than half', () => {
    const { points, features: used } = featureSpace(
      [
        feature('same', [5, 5, 5, unknown]),
        feature('rare', [1, unknown, unknown, unknown]),
        feature('good', [0, 1, 0, 1]),
      ],
      4,
    );
    expect(used.map(({ isUsed }) => isUsed)).toEqual([false, false, true]);
    expect(points.columns).toBe(1);
  });

  it('puts others into the space of the people who are grouped', () => {
    const { points, features } = featureSpace([feature('a', [1, 3, 6, 2, unknown])], 2);
    expect([...points.values]).toEqual([-1, 1, 3, 0, 0]);
    expect(points.rows).toBe(5);
    expect([features[0]!.centre, features[0]!.spread]).toEqual([2, 1]);
  });

  it('holds one odd person within three standard deviations', () => {
    const { points, features: used } = featureSpace([feature('a', [...Array(99).fill(0), 1])], 100);
    expect(used[0]!.standardised[99]).toBeCloseTo(Math.sqrt(99), 10);
    expect(points.values[99]).toBe(3);
  });
});

describe('traits', () => {
  const rows = Array.from({ length: 40 }, (_, row) => row);
  const turn = (hour: number) => (2 * Math.PI * hour) / 24;
  const group = rows.filter(row => row < 20);
  const hourOf = (row: number) => (row < 20 ? 23 : 13);

  it('say the mean in the unit of the feature, and how far it is from that of all', () => {
    const { features: used } = featureSpace(
      [
        feature(
          'a',
          rows.map(row => (row < 20 ? 4 : 16)),
          { scale: 'log' },
        ),
      ],
      40,
    );
    const [trait] = traitsOf(used, group);
    expect(trait).toMatchObject({ feature: 'a', direction: 'low', isDefining: true });
    expect(trait!.z).toBeCloseTo(-1, 12);
    expect(trait!.mean).toBeCloseTo(4, 10);
    expect(trait!.meanOfAll).toBeCloseTo(8, 10);
  });

  it('read cosine and sine as one hour of the day, later or earlier by the shorter way round', () => {
    const { features: used } = featureSpace(
      [
        feature(
          'hour_cosine',
          rows.map(row => Math.cos(turn(hourOf(row)))),
        ),
        feature(
          'hour_sine',
          rows.map(row => Math.sin(turn(hourOf(row)))),
        ),
      ],
      40,
    );
    const [late] = traitsOf(used, group);
    const [early] = traitsOf(
      used,
      rows.filter(row => row >= 20),
    );
    expect(late!.mean).toBeCloseTo(23, 10);
    expect(late!.meanOfAll).toBeCloseTo(18, 10);
    expect([late!.feature, late!.direction, early!.direction]).toEqual(['hour', 'high', 'low']);
    expect(late!.z).toBeCloseTo(1, 10);
    expect(early!.z).toBeCloseTo(-1, 10);
    expect(early!.mean).toBeCloseTo(13, 10);
  });

  it('define nobody where few people stray by chance, or nothing is known', () => {
    const values = rows.map(row => (row >= 36 ? unknown : row < 9 ? 1 : 0));
    const { features: used } = featureSpace([feature('a', values)], 40);
    expect(traitsOf(used, [0, 1, 2, 3])[0]).toMatchObject({ isDefining: true, direction: 'high' });
    expect(traitsOf(used, [0])[0]!.isDefining).toBe(false);
    const [nobody] = traitsOf(used, [36, 37]);
    expect(nobody).toMatchObject({ isDefining: false });
    expect([nobody!.z, nobody!.mean]).toEqual([unknown, unknown]);
  });
});

describe('names', () => {
  const trait = (name: string, z: number, mean = 1): Trait => ({
    feature: name,
    direction: z < 0 ? 'low' : 'high',
    z,
    mean,
    meanOfAll: 1,
    unit: '',
    isDefining: Math.abs(z) >= 0.5,
  });

  it('say the strongest defining traits in both languages, one a subject', () => {
    const traits = [
      trait('platform_x', 1.1),
      trait('platform_mastodon', -1),
      trait('hour', -1.4, 7.2),
      trait('response_seconds', 0.9),
      trait('clout', 0.2),
    ];
    expect(personaName(traits, null, [])).toEqual({
      en: 'early birds, mostly on X, slow to answer',
      fr: 'lève-tôt, surtout sur X, lents à répondre',
    });
  });

  it('are told apart by more traits, and by a number where there are no more', () => {
    const traits = [
      trait('hour', 2, 23),
      trait('activeness', 1.5),
      trait('cie', 1),
      trait('weekend_share', -0.6),
    ];
    const first = personaName(traits, null, []);
    const second = personaName(traits, null, [first]);
    const third = personaName(traits, null, [first, second]);
    expect(first.en).toBe('night owls, talking a lot, moving many');
    expect(second).toEqual({
      en: 'night owls, talking a lot, moving many, less at weekends',
      fr: 'noctambules, très bavards, très entraînants, moins le week-end',
    });
    expect(third.en).toBe(`${second.en} (2)`);
    expect(personaName([], null, [])).toEqual({ en: 'mixed voices', fr: 'voix mêlées' });
  });

  it('name the category, and a network of which nothing is known', () => {
    expect(personaName([trait('si', 2), trait('platform_forum', 1)], 'ice cream', [])).toEqual({
      en: 'keen on ice cream, mostly on forum',
      fr: 'mordus de « ice cream », surtout sur forum',
    });
  });

  it('call every hour of the day something', () => {
    const heads = [2, 7, 13, 19, 23].map(hour => personaName([trait('hour', 1, hour)], null, []).fr);
    expect(heads).toEqual(['noctambules', 'lève-tôt', 'gens de la journée', 'gens du soir', 'noctambules']);
  });
});
