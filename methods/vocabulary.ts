import { FatalError } from '../contracts/errors.ts';
import { type Word, Words } from './words.ts';

/** What stands between spaces in the texts of a campaign, each once a language, to be made into words. */
export interface VocabularyInput {
  /** Code of each language by its number; the empty one stands for messages that name none. */
  languages: readonly string[];
  /** Chunks one a line, of one language a block; their numbers run on from 0 through all blocks. */
  blocks: readonly { language: number; text: string }[];
  /** How often each chunk occurs. */
  occurrences: Int32Array;
  seeds: readonly Seed[];
  /** The file that names the seeds, for errors. */
  file: string;
}

/** A word or expression that the campaign names for a topic, as a seed or to exclude. */
interface Seed {
  topic: number;
  topicName: string;
  seed: number;
  word: string;
  isExcluded: boolean;
}

export interface Vocabulary {
  /** The words of each chunk; a chunk without any does not occur. */
  chunks: { chunk_number: Int32Array; term_number: Int32Array };
  /** The terms: stems of a language, and the way each is written most often. */
  terms: { term_number: Int32Array; language: string[]; stem: string[]; word: string[] };
  /** The terms of each seed in each language; all of them make the seed. */
  seeds: {
    topic_number: Int32Array;
    seed_number: Int32Array;
    language: string[];
    term_number: Int32Array;
    is_excluded: Uint8Array;
    /** The first seed of the topic with the same terms in this language: glace and glaces are one witness. */
    witness_number: Int32Array;
  };
  /** Excluded words that are left out in a language, where they have the very terms of a seed of their topic. */
  conflicts: { topic: string[]; seed: string[]; excluded: string[]; language: string[] };
}

/**
 * Makes the vocabulary of a campaign into terms, once for all its messages.
 *
 * A term is a stem of one language: four is a number in English and an oven in French. In messages that name no
 * language words stay as they are written, without accents, and what is a stop word in any language of the campaign
 * counts for nothing. Seeds are read as words of every language in turn, and are never stop words.
 *
 * Terms are numbered by language and first occurrence in the blocks.
 *
 * An excluded word that has the very terms of a seed of its topic would leave the seed no message: it is left out in that
 * language.
 *
 * @throws FatalError where no language is left in which an excluded word is another word than a seed
 */
export function splitWords({ languages, blocks, occurrences, seeds, file }: VocabularyInput): Vocabulary {
  const terms = new Terms();
  const chunkOf = new Numbers();
  const termOf = new Numbers();
  const found: { seed: Seed; language: string; term: number; witness: number }[] = [];
  const conflicts: { seed: Seed; excluded: Seed; language: string }[] = [];
  const named = languages.filter(code => code !== '');
  let first = 0;
  let at = 0;
  for (const [language, code] of languages.entries()) {
    const words = new Words(code === '' ? named : [code]);
    terms.begin(code);
    const kept = new Set<string>();
    const told = seeds.flatMap(seed => {
      const parts = words.seed(seed.word);
      if (parts.length === 0) return [];
      for (const { stem } of parts) kept.add(stem);
      const own = parts.map(part => terms.numberOf(part));
      return [{ seed, own, key: [seed.topic, ...own.toSorted((a, b) => a - b)].join(' ') }];
    });
    const witnesses = new Map<string, Seed>();
    for (const { seed, key } of told.toReversed()) if (!seed.isExcluded) witnesses.set(key, seed);
    for (const { seed, own, key } of told) {
      const witness = witnesses.get(key) ?? seed;
      witnesses.set(key, witness);
      if (witness.isExcluded === seed.isExcluded)
        found.push(...own.map(term => ({ seed, language: code, term, witness: witness.seed })));
      else conflicts.push({ seed: witness, excluded: seed, language: code });
    }
    for (; at < blocks.length && blocks[at]!.language === language; at++) {
      const { text } = blocks[at]!;
      words.each(
        text,
        (word, line) => {
          const term = terms.numberOf(word);
          terms.write(term, word.written, occurrences[first + line]!);
          chunkOf.push(first + line);
          termOf.push(term);
        },
        kept,
      );
      first += linesIn(text);
    }
  }
  if (at < blocks.length || first !== occurrences.length)
    throw new RangeError('blocks must be in the order of their languages, one line for each count');
  // A word may stand in the list twice.
  const left = [
    ...new Map(
      conflicts.map(one => [`${one.language} ${one.excluded.topic} ${one.excluded.word}`, one]),
    ).values(),
  ];
  const lost = conflicts.find(({ excluded }) => found.every(({ seed }) => seed !== excluded));
  if (lost !== undefined) throw contradiction(lost, file);
  return {
    chunks: { chunk_number: chunkOf.array(), term_number: termOf.array() },
    terms: terms.table(),
    seeds: {
      topic_number: Int32Array.from(found, one => one.seed.topic),
      seed_number: Int32Array.from(found, one => one.seed.seed),
      language: found.map(one => one.language),
      term_number: Int32Array.from(found, one => one.term),
      is_excluded: Uint8Array.from(found, one => (one.seed.isExcluded ? 1 : 0)),
      witness_number: Int32Array.from(found, one => one.witness),
    },
    conflicts: {
      topic: left.map(one => one.seed.topicName),
      seed: left.map(one => one.seed.word),
      excluded: left.map(one => one.excluded.word),
      language: left.map(one => one.language),
    },
  };
}

function contradiction(
  { seed, excluded, language }: { seed: Seed; excluded: Seed; language: string },
  file: string,
): FatalError {
  const where = language === '' ? 'messages without a language' : `messages in ${language}`;
  return new FatalError(
    `topic ${seed.topicName}: the excluded word "${excluded.word}" counts as the same word as the seed "${seed.word}" in ${where}, which would leave the seed no message`,
    { where: file, next: `write another exclude word instead of "${excluded.word}"` },
  );
}

/** Numbers of which nobody knows yet how many there will be. */
class Numbers {
  #values = new Int32Array(1 << 16);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  array(): Int32Array {
    return this.#values.slice(0, this.#count);
  }
}

/** Stems by number, and the way each is written most often. */
class Terms {
  #language = '';
  #numbers = new Map<string, number>();
  /** By the way of writing within the language, which decides the stem: ways add up by term. */
  #ways = new Map<string, number>();
  readonly #stems: string[] = [];
  readonly #languages: string[] = [];
  readonly #best: string[] = [];
  readonly #count: number[] = [];

  /** Begins another language. */
  begin(language: string): void {
    this.#language = language;
    this.#numbers = new Map();
    this.#ways = new Map();
  }

  numberOf({ stem, written }: Word): number {
    const known = this.#numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.#stems.length;
    this.#numbers.set(stem, number);
    this.#stems.push(stem);
    this.#languages.push(this.#language);
    this.#best.push(written);
    this.#count.push(0);
    return number;
  }

  write(term: number, written: string, occurrences: number): void {
    // What stands once decides nothing, and most of a vocabulary stands once: it would fill the memory.
    if (occurrences < 2) return;
    const count = (this.#ways.get(written) ?? 0) + occurrences;
    this.#ways.set(written, count);
    const best = this.#count[term]!;
    if (count < best || (count === best && written >= this.#best[term]!)) return;
    this.#best[term] = written;
    this.#count[term] = count;
  }

  table(): Vocabulary['terms'] {
    return {
      term_number: Int32Array.from(this.#stems.keys()),
      language: this.#languages,
      stem: this.#stems,
      word: this.#best,
    };
  }
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
