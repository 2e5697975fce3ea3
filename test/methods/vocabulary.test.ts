import { expect, it } from 'vitest';
import { splitWords } from '../../methods/vocabulary.ts';

const input = {
  languages: ['', 'en', 'fr'],
  blocks: [
    { language: 0, text: 'glaces\nfour' },
    { language: 1, text: 'four\nthe' },
    { language: 2, text: 'four\nglace,\nGlaces\nglacés-glacés' },
    { language: 2, text: 'le' },
  ],
  occurrences: Int32Array.of(1, 1, 2, 9, 3, 4, 5, 2, 7),
  seeds: [
    { topic: 0, seed: 1, word: 'glace', isExcluded: false },
    { topic: 1, seed: 2, word: 'the four', isExcluded: true },
  ],
};
const found = splitWords(input);
const written = (language: string) =>
  found.terms.word.filter((_, term) => found.terms.language[term] === language);

it('parts the same word of two languages, and gives each the way it is written most often', () => {
  expect(written('')).toEqual(['glace', 'four', 'glaces']);
  expect(written('en')).toEqual(['glace', 'four']);
  // glace 4 times, glaces 5, glacés twice two
  expect(written('fr')).toEqual(['glaces', 'the', 'four']);
  expect(found.terms.stem.filter((_, term) => found.terms.language[term] === 'fr')).toEqual([
    'glac',
    'the',
    'four',
  ]);
});

it('gives each chunk its terms', () => {
  const terms = [...found.chunks.chunk_number].map((chunk, place) => {
    const term = found.chunks.term_number[place]!;
    return `${chunk} ${found.terms.language[term]}:${found.terms.stem[term]}`;
  });
  expect(terms).toEqual([
    '0 :glaces',
    '1 :four',
    '2 en:four',
    '4 fr:four',
    '5 fr:glac',
    '6 fr:glac',
    '7 fr:glac',
    '7 fr:glac',
  ]);
});

it('reads seeds in every language: the stop word of one is a word of another', () => {
  const seeds = [...found.seeds.seed_number].map((seed, place) => {
    const term = found.seeds.term_number[place]!;
    return `${seed} ${found.seeds.language[place]}:${found.terms.stem[term]} ${found.seeds.is_excluded[place]}`;
  });
  expect(seeds).toEqual([
    '1 :glace 0',
    '2 :four 1',
    '1 en:glace 0',
    '2 en:four 1',
    '1 fr:glac 0',
    '2 fr:the 1',
    '2 fr:four 1',
  ]);
});

it('has nothing where nothing was said', () => {
  const nothing = splitWords({
    languages: [],
    blocks: [],
    occurrences: new Int32Array(),
    seeds: input.seeds,
  });
  expect(nothing.terms.word).toEqual([]);
  expect(nothing.seeds.seed_number).toHaveLength(0);
});

it('refuses blocks out of order', () => {
  const [first, second] = input.blocks;
  expect(() => splitWords({ ...input, blocks: [second!, first!] })).toThrow(RangeError);
});
