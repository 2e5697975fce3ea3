import { goTogether } from './association.ts';

/** Messages that hold a seed, as columns; one row a message and topic, sorted by topic and message. */
export interface SeedMessagesInput {
  messages: {
    topic_number: Int32Array;
    message_number: Int32Array;
    person_number: Int32Array;
    language_number: Int32Array;
    /** 1 where the message also holds a word that the campaign excludes. */
    is_excluded: Int32Array;
  };
  /** The seeds that each of them holds, sorted by topic, message and seed; excluded ones are none, those of the same terms one. */
  hits: { topic_number: Int32Array; message_number: Int32Array; seed_number: Int32Array };
  /** The terms that each of them holds, once a message, sorted by topic and message. */
  words: { topic_number: Int32Array; message_number: Int32Array; term_number: Int32Array };
}

/**
 * The seed messages of one topic, with terms, seeds and messages by dense numbers of their own, and which holds which.
 * Memory: about 16 bytes a word.
 */
export class SeedMessages {
  readonly count: number;
  readonly termCount: number;
  readonly seedCount: number;
  /** How many languages there are, at least as many as the messages name. */
  readonly languages: number;
  readonly isExcluded: Uint8Array;
  readonly #person: Int32Array;
  readonly #language: Int32Array;
  readonly #terms: Int32Array;
  readonly #isSeedTerm: Uint8Array;
  /** Terms of each message; messages of each term; seeds of each message. */
  readonly #termsOf: Lists;
  readonly #messagesOf: Lists;
  readonly #seedsOf: Lists;
  /** Marks of people already counted, by person. */
  readonly #marks: Int32Array;
  #mark = 0;

  /** @param seedTerms terms that belong to a seed or to an excluded word: they are no evidence for either meaning */
  constructor(input: SeedMessagesInput, topic: number, seedTerms: ReadonlySet<number>) {
    const { messages } = input;
    const [from, to] = rangeOf(messages.topic_number, topic);
    this.count = to - from;
    const numbers = messages.message_number.subarray(from, to);
    const [people, person] = dense(messages.person_number.subarray(from, to));
    this.#person = person;
    this.#marks = new Int32Array(people.length);
    this.#language = messages.language_number.subarray(from, to);
    this.languages = this.#language.reduce((most, language) => Math.max(most, language + 1), 0);
    this.isExcluded = Uint8Array.from(messages.is_excluded.subarray(from, to));

    const [firstWord, lastWord] = rangeOf(input.words.topic_number, topic);
    const [terms, term] = dense(input.words.term_number.subarray(firstWord, lastWord));
    const holder = placesOf(input.words.message_number.subarray(firstWord, lastWord), numbers);
    this.#terms = terms;
    this.termCount = terms.length;
    this.#isSeedTerm = Uint8Array.from(terms, number => (seedTerms.has(number) ? 1 : 0));
    this.#termsOf = new Lists(holder, term, this.count);
    this.#messagesOf = new Lists(term, holder, this.termCount);

    const [firstHit, lastHit] = rangeOf(input.hits.topic_number, topic);
    const [seeds, seed] = dense(input.hits.seed_number.subarray(firstHit, lastHit));
    const hit = placesOf(input.hits.message_number.subarray(firstHit, lastHit), numbers);
    this.#seedsOf = new Lists(hit, seed, this.count);
    this.seedCount = seeds.length;
  }

  /** The number that a term has everywhere else. */
  numberOf(term: number): number {
    return this.#terms[term]!;
  }

  /** A term is of the language of any message that holds it. */
  languageOf(term: number): number {
    return this.#language[this.#messagesOf.of(term)[0]!]!;
  }

  /** How many messages of a kind hold the term, and how many people wrote them. */
  support(term: number, isOfKind: (message: number) => boolean): [messages: number, people: number] {
    this.#mark += 1;
    let messages = 0;
    let people = 0;
    for (const message of this.#messagesOf.of(term)) {
      if (!isOfKind(message)) continue;
      messages++;
      const person = this.#person[message]!;
      if (this.#marks[person] === this.#mark) continue;
      this.#marks[person] = this.#mark;
      people++;
    }
    return [messages, people];
  }

  /** How many messages of a kind there are in each language. */
  byLanguage(isOfKind: (message: number) => boolean, languages: number): Int32Array {
    const counts = new Int32Array(languages);
    for (let message = 0; message < this.count; message++) {
      if (isOfKind(message)) counts[this.#language[message]!]!++;
    }
    return counts;
  }

  holdsSeed(message: number, seed: number): boolean {
    return this.#seedsOf.of(message).includes(seed);
  }

  /** What a message says of the topic beyond its first seed, and of another meaning. */
  evidence(message: number, weight: Float64Array, other: Float64Array): [context: number, against: number] {
    let context = this.#seedsOf.of(message).length - 1;
    let against = 0;
    for (const term of this.#termsOf.of(message)) {
      if (this.#isSeedTerm[term] === 1) continue;
      context += weight[term]!;
      against += other[term]!;
    }
    return [context, against];
  }

  /** How many messages of a kind hold each seed, by language × seeds; those with an excluded word are left out. */
  bySeed(isOfKind: (message: number) => boolean): Int32Array {
    const counts = new Int32Array(this.languages * this.seedCount);
    for (let message = 0; message < this.count; message++) {
      if (this.isExcluded[message] === 1 || !isOfKind(message)) continue;
      const start = this.#language[message]! * this.seedCount;
      for (const seed of this.#seedsOf.of(message)) counts[start + seed]!++;
    }
    return counts;
  }

  /** The seed that a term keeps company with significantly more than with the topic's others, and hardly with those; or −1. */
  onlySeedOf(term: number, bySeed: Int32Array, unexcluded: Int32Array): number {
    if (this.#isSeedTerm[term] === 1) return -1;
    const counts = new Int32Array(this.seedCount);
    let all = 0;
    for (const message of this.#messagesOf.of(term)) {
      if (this.isExcluded[message] === 1) continue;
      all++;
      for (const seed of this.#seedsOf.of(message)) counts[seed]!++;
    }
    let top = 0;
    for (let seed = 1; seed < this.seedCount; seed++) if (counts[seed]! > counts[top]!) top = seed;
    // A tenth of other company is chance: a second seed in the same message, a word used otherwise now and then.
    if (all === 0 || counts[top]! < 0.9 * all) return -1;
    const language = this.languageOf(term);
    const second = bySeed[language * this.seedCount + top]!;
    return goTogether({ joint: counts[top]!, first: all, second, total: unexcluded[language]! }) ? top : -1;
  }

  /** Which messages lack what the topic's messages usually hold beside a seed: less than a quarter of the mean of those about it. */
  poverty(core: Float64Array, isAbout: Uint8Array): Uint8Array {
    const nothing = new Float64Array(this.termCount);
    const context = Float64Array.from({ length: this.count }, (_, at) => this.evidence(at, core, nothing)[0]);
    const sum = new Float64Array(this.languages);
    for (let message = 0; message < this.count; message++) {
      if (isAbout[message] === 1) sum[this.#language[message]!]! += context[message]!;
    }
    const about = this.byLanguage(message => isAbout[message] === 1, this.languages);
    return Uint8Array.from(context, (value, message) => {
      const language = this.#language[message]!;
      return value < (0.25 * sum[language]!) / Math.max(1, about[language]!) ? 1 : 0;
    });
  }
}

/** Lists of numbers by number, in the order given. */
class Lists {
  readonly #start: Int32Array;
  readonly #item: Int32Array;

  constructor(list: Int32Array, item: Int32Array, lists: number) {
    this.#start = new Int32Array(lists + 1);
    for (const of of list) this.#start[of + 1]!++;
    for (let at = 0; at < lists; at++) this.#start[at + 1]! += this.#start[at]!;
    const next = this.#start.slice();
    this.#item = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) this.#item[next[list[at]!]!++] = item[at]!;
  }

  of(list: number): Int32Array {
    return this.#item.subarray(this.#start[list], this.#start[list + 1]);
  }
}

/** The distinct values, ascending, and each value's place among them. */
function dense(values: Int32Array): [distinct: Int32Array, place: Int32Array] {
  const sorted = values.slice().sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[count++] = sorted[at]!;
  const distinct = sorted.slice(0, count);
  return [distinct, placesOf(values, distinct)];
}

/** The place of each value in an ascending list that has it. */
function placesOf(values: Int32Array, among: Int32Array): Int32Array {
  return values.map(value => lowerBound(among, value));
}

function rangeOf(sorted: Int32Array, value: number): [from: number, to: number] {
  return [lowerBound(sorted, value), lowerBound(sorted, value + 1)];
}

/** The first place whose value is not below. */
function lowerBound(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
