import { expect, it } from 'vitest';
import { seedWarnings } from '../../activities/seedWarnings.ts';

it('tells seeds of two topics, and seeds that are stop words of a language', () => {
  expect(seedWarnings({ topics: { ice: ['Glace', 'sorbet'], mirrors: ['glace', 'vitre'] } })).toEqual([
    'topics: the seed "Glace" of ice is also one of mirrors: it tells neither apart',
    'topics: the seed "glace" of mirrors is also one of ice: it tells neither apart',
  ]);
  const [of, ...more] = seedWarnings({ topics: { time: ['avec', 'horloge'] } });
  expect(of).toMatch(/^topics: the seed "avec" of time is a word that says nothing in .*\bfr\b/);
  expect(more).toEqual([]);
  expect(seedWarnings({})).toEqual([]);
});
