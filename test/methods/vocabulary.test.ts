import { expect, it } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
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
    { topic: 0, topicName: 'ice', seed: 1, word: 'glace', isExcluded: false },
    { topic: 1, topicName: 'heat', seed: 2, word: 'the four', isExcluded: true },
  ],
  file: 'campaign.yaml',
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

/** Seeds of one topic, excluded where a ! stands before. */
function seedsOf(words: readonly string[]) {
  return words.map((word, place) => {
    const isExcluded = word.startsWith('!');
    return { topic: 0, topicName: 'ice', seed: place + 1, word: word.replace('!', ''), isExcluded };
  });
}

/** By language, which seed is the witness of each. */
function witnesses(...words: string[]): string[] {
  const { seeds: read } = splitWords({ ...input, seeds: seedsOf(words) });
  return [
    ...new Set(
      [...read.seed_number].map((seed, at) => `${read.language[at]}:${seed}>${read.witness_number[at]}`),
    ),
  ];
}

it('takes seeds of the same terms for one witness, within their topic and language', () => {
  expect(witnesses('glace', 'glaces', 'glaces pilées', 'pilée glacé')).toEqual([
    ...[':1>1', ':2>2', ':3>3', ':4>4'],
    ...['en:1>1', 'en:2>1', 'en:3>3', 'en:4>3'],
    ...['fr:1>1', 'fr:2>1', 'fr:3>3', 'fr:4>3'],
  ]);
  const seeds = input.seeds.map(seed => ({ ...seed, word: 'glace', isExcluded: false }));
  const topics = splitWords({ ...input, seeds });
  expect([...topics.seeds.witness_number]).toEqual([1, 2, 1, 2, 1, 2]);
});

it('takes excluded words of the same terms for one witness', () => {
  expect(witnesses('glace', '!vitre', '!vitres').slice(-3)).toEqual(['fr:1>1', 'fr:2>2', 'fr:3>2']);
});

it('refuses an excluded word that would leave a seed no message in any language', () => {
  expect(() => witnesses('glace', 'sorbet', '!glacé')).toThrow(
    new FatalError(
      'topic ice: the excluded word "glacé" counts as the same word as the seed "glace" in messages without a language, which would leave the seed no message',
      { where: 'campaign.yaml', next: 'write another exclude word instead of "glacé"' },
    ),
  );
});

it.each([
  [
    ['!glaces', 'glace'],
    ['en', 'fr'],
  ],
  [['dégustation', '!déguster'], ['fr']],
])('leaves out of %j what is excluded where it is the same word as a seed', (words, where) => {
  const excluded = words.find(word => word.startsWith('!'))!.slice(1);
  const seed = words.find(word => !word.startsWith('!'))!;
  const { seeds, conflicts } = splitWords({ ...input, seeds: seedsOf(words) });
  expect(conflicts).toEqual({
    topic: where.map(() => 'ice'),
    seed: where.map(() => seed),
    excluded: where.map(() => excluded),
    language: where,
  });
  const kept = seeds.language.filter((_, place) => seeds.is_excluded[place] === 1);
  expect(new Set(kept)).toEqual(new Set(['', 'en', 'fr'].filter(code => !where.includes(code))));
});

it('has nothing where nothing was said', () => {
  const nothing = splitWords({
    languages: [],
    blocks: [],
    occurrences: new Int32Array(),
    seeds: input.seeds,
    file: input.file,
  });
  expect(nothing.terms.word).toEqual([]);
  expect(nothing.seeds.seed_number).toHaveLength(0);
});

it('refuses blocks out of order', () => {
  const [first, second] = input.blocks;
  expect(() => splitWords({ ...input, blocks: [second!, first!] })).toThrow(RangeError);
});
