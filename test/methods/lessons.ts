import { growLexicon, type Lexicon, type LexiconInput } from '../../methods/lexicon.ts';
import { Random } from '../../tools/sample/random.ts';

/** A message as a test tells it. */
export interface Told {
  person: number;
  words: string[];
  language?: number;
}

/** Learns one topic from told messages; seeds of several words are written with a space. */
export function learn(
  told: readonly Told[],
  seeds: readonly string[],
  excluded: readonly string[] = [],
): { weight: (word: string) => number; other: (word: string) => number; lexicon: Lexicon } {
  const terms = [
    ...new Set([
      ...told.flatMap(({ words }) => words),
      ...[...seeds, ...excluded].flatMap(s => s.split(' ')),
    ]),
  ];
  const numberOf = new Map(terms.map((word, number) => [word, number]));
  const parts = [...seeds, ...excluded].map(seed => seed.split(' '));
  const hitsOf = ({ words }: Told) =>
    parts.flatMap((part, seed) => (part.every(word => words.includes(word)) ? [seed] : []));
  const rows = told
    .map((message, number) => ({ ...message, number, hits: hitsOf(message) }))
    .filter(({ hits }) => hits.some(seed => seed < seeds.length));
  const ints = <T>(list: readonly T[], value: (item: T) => number) => Int32Array.from(list, value);
  const hits = rows.flatMap(({ number, hits }) =>
    hits.filter(seed => seed < seeds.length).map(seed => ({ number, seed })),
  );
  const words = rows.flatMap(({ number, words }) =>
    [...new Set(words.map(word => numberOf.get(word)!))]
      .sort((a, b) => a - b)
      .map(term => ({ number, term })),
  );
  const common = [...new Set(words.map(({ term }) => term))].sort((a, b) => a - b);
  const named = parts.flatMap((part, seed) => part.map(word => ({ seed, word, terms: part.length })));
  const languages = 1 + told.reduce((most, { language = 0 }) => Math.max(most, language), 0);
  const input: LexiconInput = {
    messages: {
      topic_number: ints(rows, () => 0),
      message_number: ints(rows, row => row.number),
      person_number: ints(rows, row => row.person),
      language_number: ints(rows, row => row.language ?? 0),
      is_excluded: ints(rows, row => (row.hits.some(seed => seed >= seeds.length) ? 1 : 0)),
    },
    hits: {
      topic_number: ints(hits, () => 0),
      message_number: ints(hits, hit => hit.number),
      seed_number: ints(hits, hit => hit.seed),
    },
    words: {
      topic_number: ints(words, () => 0),
      message_number: ints(words, word => word.number),
      term_number: ints(words, word => word.term),
    },
    terms: {
      term_number: Int32Array.from(common),
      messages: ints(
        common,
        term => told.filter(({ words }) => words.some(word => numberOf.get(word) === term)).length,
      ),
    },
    seeds: {
      topic_number: ints(named, () => 0),
      seed_number: ints(named, part => part.seed),
      term_number: ints(named, part => numberOf.get(part.word)!),
      is_excluded: Int32Array.from(named, part => (part.seed >= seeds.length ? 1 : 0)),
      terms: ints(named, part => part.terms),
    },
    languageMessages: Int32Array.from(
      { length: languages },
      (_, language) => told.filter(one => (one.language ?? 0) === language).length,
    ),
  };
  const lexicon = growLexicon(input);
  const of = (column: Float64Array) => (word: string) => {
    const place = lexicon.words.term_number.indexOf(numberOf.get(word)!);
    return place < 0 ? 0 : column[place]!;
  };
  return { weight: of(lexicon.words.weight), other: of(lexicon.words.other_weight), lexicon };
}

/** Talk of a made-up world: `share` of `count` messages of 40 people are on ice cream, the others on nothing. */
export function world(seed: number, count: number, share: number): Told[] {
  const random = new Random(seed, 'lessons');
  const flavours = ['vanilla', 'lemon', 'honey', 'mango'];
  const seeds = ['gelato', 'sorbet', 'cone'];
  const small = ['today', 'street', 'friend', 'window', 'bus', 'rain', 'work', 'lunch'];
  return Array.from({ length: count }, () => {
    const person = random.below(40);
    const talk = [random.pick(small), random.pick(small)];
    return random.chance(share)
      ? { person, words: [random.pick(seeds), random.pick(flavours), random.pick(flavours), ...talk] }
      : { person, words: talk };
  });
}
