import { describe, expect, it } from 'vitest';
import { learn, type Told, world } from './lessons.ts';

/** λ by its definition, from the messages themselves; for worlds in which seeds have one meaning. */
function bruteWeight(told: readonly Told[], seeds: readonly string[], word: string): number {
  const about = (message: Told) => seeds.some(seed => message.words.includes(seed));
  const holds = (message: Told) => message.words.includes(word);
  const n = told.length;
  const [a, b, c] = [
    told.filter(message => about(message) && holds(message)).length,
    told.filter(holds).length,
    told.filter(about).length,
  ];
  if (a < 5 || new Set(told.filter(m => about(m) && holds(m)).map(m => m.person)).size < 3) return 0;
  const expected = (b * c) / n;
  const cells = [
    [a, expected],
    [b - a, b - expected],
    [c - a, c - expected],
    [n - b - c + a, n - b - c + expected],
  ];
  const g2 = 2 * cells.reduce((sum, [o, e]) => sum + (o === 0 ? 0 : o! * Math.log(o! / e!)), 0);
  if (a <= expected || g2 <= 10.827566) return 0;
  return Math.round((1e6 * Math.log(a / expected)) / -Math.log(a / n)) / 1e6;
}

describe('the words of a topic', () => {
  it.each([1, 2, 3])('weigh NPMI where they have support, by brute force on world %i', seed => {
    const told = world(seed, 3000, 0.2);
    const seeds = ['gelato', 'sorbet', 'cone'];
    const { weight, other } = learn(told, seeds);
    for (const word of ['vanilla', 'lemon', 'honey', 'mango']) {
      expect(weight(word)).toBe(bruteWeight(told, seeds, word));
      expect(weight(word)).toBeGreaterThan(0.3);
    }
    for (const word of ['today', 'street', 'friend', 'bus', 'rain', 'work', 'lunch', 'window']) {
      expect(weight(word)).toBe(bruteWeight(told, seeds, word));
      expect(other(word)).toBe(0);
    }
    for (const word of seeds) expect(weight(word)).toBe(1);
  });

  it('need five messages of three people', () => {
    const talk = world(4, 2000, 0.1);
    const hobby = (people: number, times: number) =>
      Array.from({ length: times }, (_, at) => ({
        person: at % people,
        words: ['gelato', 'vanilla', 'churn'],
      }));
    expect(learn([...talk, ...hobby(2, 50)], ['gelato', 'sorbet', 'cone']).weight('churn')).toBe(0);
    expect(learn([...talk, ...hobby(4, 4)], ['gelato', 'sorbet', 'cone']).weight('churn')).toBe(0);
    expect(learn([...talk, ...hobby(4, 8)], ['gelato', 'sorbet', 'cone']).weight('churn')).toBeGreaterThan(
      0.3,
    );
  });

  it('are not those of a language that speaks of it more', () => {
    const told = [
      ...world(5, 2000, 0.8),
      ...world(6, 2000, 0.05).map(({ person, words }) => ({
        person,
        words: words.map(word => `${word}_fr`),
        language: 1,
      })),
    ];
    const { weight } = learn(told, ['gelato', 'sorbet', 'cone', 'gelato_fr', 'sorbet_fr', 'cone_fr']);
    expect(weight('today')).toBe(0);
    expect(weight('today_fr')).toBe(0);
    expect(weight('vanilla')).toBeGreaterThan(0);
    expect(weight('vanilla_fr')).toBeGreaterThan(0);
  });
});

describe('other meanings of a seed', () => {
  const seeds = ['gelato', 'sorbet', 'cone'];
  const repeated = (count: number, words: string[]): Told[] =>
    Array.from({ length: count }, (_, at) => ({
      person: at % 9,
      words: [...words, ['bus', 'rain', 'lunch'][at % 3]!],
    }));

  it('give themselves away by the words that go with what the campaign excludes', () => {
    const told = [...world(7, 3000, 0.2), ...repeated(20, ['cone', 'traffic', 'road', 'closed'])];
    const { weight, other } = learn(told, seeds, ['traffic']);
    expect(other('road')).toBeGreaterThan(0.5);
    expect(other('closed')).toBeGreaterThan(0.5);
    expect(weight('road')).toBe(0);
    expect(other('traffic')).toBe(1);
    expect(other('bus')).toBe(0);
    expect(other('vanilla')).toBe(0);
  });

  it('give themselves away by words that know one seed only and nothing of the topic', () => {
    const told = [...world(8, 3000, 0.2), ...repeated(20, ['cone', 'pine', 'forest', 'found'])];
    const { weight, other } = learn(told, seeds);
    for (const word of ['pine', 'forest', 'found']) {
      expect(other(word)).toBeGreaterThan(0.3);
      expect(weight(word)).toBe(0);
    }
    for (const word of ['vanilla', 'lemon', 'bus', 'rain', 'lunch']) expect(other(word)).toBe(0);
  });

  it('are not sides of the topic: words of one seed amid its other words, or words of all seeds', () => {
    const told = [
      ...world(9, 3000, 0.2),
      ...repeated(20, ['gelato', 'churn', 'vanilla', 'honey']),
      ...seeds.flatMap(seed => repeated(10, [seed, 'expensive', 'euros'])),
    ];
    const { weight, other } = learn(told, seeds);
    for (const word of ['churn', 'expensive', 'euros']) {
      expect(other(word)).toBe(0);
      expect(weight(word)).toBeGreaterThan(0.2);
    }
  });

  it('can be claimed by a seed of their own', () => {
    const told = [...world(8, 3000, 0.2), ...repeated(20, ['cone', 'pine', 'forest', 'found'])];
    const { weight, other } = learn(told, [...seeds, 'pine']);
    expect(weight('pine')).toBe(1);
    expect(other('pine')).toBe(0);
  });
});

describe('seeds', () => {
  it('of several words need all of them, and each weighs what it is', () => {
    const told = [
      ...world(10, 2000, 0.1),
      ...Array.from({ length: 40 }, (_, at) => ({ person: at % 9, words: ['hot', 'dog', 'mustard'] })),
      ...Array.from({ length: 400 }, (_, at) => ({ person: at % 9, words: ['hot', 'sun'] })),
    ];
    const { weight, lexicon } = learn(told, ['hot dog']);
    expect(weight('dog')).toBe(bruteOf(told, 'dog'));
    expect(weight('hot')).toBe(bruteOf(told, 'hot'));
    expect(weight('dog')).toBeGreaterThan(weight('hot'));
    expect(weight('mustard')).toBe(1);
    expect(weight('sun')).toBe(0);
    expect(lexicon.words.is_seed.reduce((sum, seed) => sum + seed, 0)).toBe(2);
  });

  it('that nobody wrote are there, and teach nothing', () => {
    const { lexicon } = learn([{ person: 1, words: ['rain'] }], ['gelato'], ['traffic']);
    expect([...lexicon.words.weight]).toEqual([1, 0]);
    expect([...lexicon.words.other_weight]).toEqual([0, 1]);
    expect(lexicon.findings).toEqual({ learned: 0, otherSense: 0 });
  });
});

/** λ of a word against the messages that hold both words of "hot dog". */
function bruteOf(told: readonly Told[], word: string): number {
  const marked = told.map(({ person, words }) => ({
    person,
    words: words.includes('hot') && words.includes('dog') ? [...words, 'HOT DOG'] : words,
  }));
  return bruteWeight(marked, ['HOT DOG'], word);
}
