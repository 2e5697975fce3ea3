import { goTogether, npmi } from './association.ts';
import { SeedMessages, type SeedMessagesInput } from './seedMessages.ts';

export interface LexiconInput extends SeedMessagesInput {
  /** Numbers of the messages of each language that may teach, by language number. */
  languageMessages: Int32Array;
  /** The terms of seed messages, ascending, and how many of those messages hold each. */
  terms: { term_number: Int32Array; messages: Int32Array };
  /** Terms that the campaign names, as `Vocabulary` has them. */
  seeds: {
    topic_number: Int32Array;
    seed_number: Int32Array;
    term_number: Int32Array;
    is_excluded: Int32Array;
    /** How many terms the seed has in the language of this one. */
    terms: Int32Array;
  };
}

/** What every word says of every topic. */
export interface Lexicon {
  words: {
    topic_number: Int32Array;
    term_number: Int32Array;
    /** λ: how much of a word on the topic it is, 0..1; seeds of one word have 1. */
    weight: Float64Array;
    /** How strongly it speaks of another meaning of the seeds, 0..1. */
    other_weight: Float64Array;
    is_seed: Uint8Array;
    /** Seed messages in the topic's own sense that hold it, and the people who wrote them. */
    messages: Int32Array;
    people: Int32Array;
  };
  findings: { learned: number; otherSense: number };
}

/** A word needs this much support before it says anything. */
const leastMessages = 5;
const leastPeople = 3;
/** Rounds of telling meanings apart; they settle after two or three. */
const mostRounds = 6;

/**
 * Grows the words of each topic from its seeds, and the words that give another meaning of a seed away.
 *
 * λ_w = max(0, NPMI) of "the message holds w" and "the message is about the topic": it holds a seed in the topic's own
 * sense. Both are counted within the language of w, so that a topic more loved in one language does not make all words
 * of that language its own. A word enters with at least 5 joint messages of at least 3 people, and only where the two
 * go together significantly (G², one in a thousand).
 *
 * A word speaks of another meaning where
 * - among the seed messages it goes with those that hold a word the campaign excludes (weight: NPMI among them), or
 * - it keeps company with one seed alone, and the messages that hold both lack the words of the topic that this seed
 *   usually has around it: the other meanings of a word have words of their own (Yarowsky 1995), while a side of the
 *   topic has all of its seeds or the same words around it (weight: NPMI of the word and that seed).
 * A seed message is of another sense when it holds an excluded word, or when its words speak more of another meaning
 * than of the topic; another seed of the topic counts as one word of weight 1. Then λ is learned again.
 *
 * Weights are rounded to millionths, so that their sums are exact in every order.
 */
export function growLexicon(input: LexiconInput): Lexicon {
  const { seeds } = input;
  const df = new Map<number, number>();
  input.terms.term_number.forEach((term, place) => {
    df.set(term, input.terms.messages[place]!);
  });
  const rows: Row[] = [];
  const topics = [...new Set(seeds.topic_number)].sort((a, b) => a - b);
  for (const topic of topics) {
    const own = [...seeds.topic_number.keys()].filter(place => seeds.topic_number[place] === topic);
    const messages = new SeedMessages(input, topic, new Set(own.map(place => seeds.term_number[place]!)));
    const learned = learnTopic(messages, input.languageMessages, df);
    for (const place of own) {
      const term = seeds.term_number[place]!;
      const row = learned.get(term) ?? { ...nothing, term };
      row.isSeed = true;
      if (seeds.is_excluded[place] === 1) Object.assign(row, { weight: 0, other: 1 });
      else if (seeds.terms[place] === 1 && row.other < 1) Object.assign(row, { weight: 1, other: 0 });
      learned.set(term, row);
    }
    const kept = [...learned.values()].filter(row => row.isSeed || row.weight > 0 || row.other > 0);
    rows.push(...kept.sort((a, b) => a.term - b.term).map(row => ({ ...row, topic })));
  }
  return {
    words: {
      topic_number: Int32Array.from(rows, row => row.topic),
      term_number: Int32Array.from(rows, row => row.term),
      weight: Float64Array.from(rows, row => row.weight),
      other_weight: Float64Array.from(rows, row => row.other),
      is_seed: Uint8Array.from(rows, row => (row.isSeed ? 1 : 0)),
      messages: Int32Array.from(rows, row => row.messages),
      people: Int32Array.from(rows, row => row.people),
    },
    findings: {
      learned: rows.filter(row => !row.isSeed && row.weight > 0).length,
      otherSense: rows.filter(row => !row.isSeed && row.other > 0).length,
    },
  };
}

interface Row {
  topic: number;
  term: number;
  weight: number;
  other: number;
  isSeed: boolean;
  messages: number;
  people: number;
}

const nothing: Row = { topic: 0, term: 0, weight: 0, other: 0, isSeed: false, messages: 0, people: 0 };

/** The words of one topic, by term number. */
function learnTopic(
  messages: SeedMessages,
  languageMessages: Int32Array,
  df: ReadonlyMap<number, number>,
): Map<number, Row> {
  const { termCount, count } = messages;
  const isAbout = Uint8Array.from(messages.isExcluded, excluded => 1 - excluded);
  const weight = new Float64Array(termCount);
  const other = new Float64Array(termCount);
  const support = { messages: new Int32Array(termCount), people: new Int32Array(termCount) };
  for (let round = 1; round <= mostRounds; round++) {
    weigh(messages, isAbout, languageMessages, df, weight, support);
    other.fill(0);
    excludedSense(messages, weight, other);
    lonelySense(messages, isAbout, languageMessages, df, weight, other);
    let changes = 0;
    for (let message = 0; message < count; message++) {
      if (messages.isExcluded[message] === 1) continue;
      const [context, against] = messages.evidence(message, weight, other);
      const now = against > context ? 0 : 1;
      if (isAbout[message] !== now) changes++;
      isAbout[message] = now;
    }
    if (changes === 0) break;
  }
  const learned = new Map<number, Row>();
  for (let term = 0; term < termCount; term++) {
    learned.set(messages.numberOf(term), {
      topic: 0,
      term: messages.numberOf(term),
      weight: weight[term]!,
      other: other[term]!,
      isSeed: false,
      messages: support.messages[term]!,
      people: support.people[term]!,
    });
  }
  return learned;
}

/** λ of every term from the messages that are about the topic now. */
function weigh(
  messages: SeedMessages,
  isAbout: Uint8Array,
  languageMessages: Int32Array,
  df: ReadonlyMap<number, number>,
  weight: Float64Array,
  support: { messages: Int32Array; people: Int32Array },
): void {
  const about = messages.byLanguage(message => isAbout[message] === 1, languageMessages.length);
  for (let term = 0; term < messages.termCount; term++) {
    const [joint, people] = messages.support(term, message => isAbout[message] === 1);
    const language = messages.languageOf(term);
    const counts = {
      joint,
      first: df.get(messages.numberOf(term)) ?? joint,
      second: about[language]!,
      total: languageMessages[language]!,
    };
    support.messages[term] = joint;
    support.people[term] = people;
    const enters = joint >= leastMessages && people >= leastPeople && goTogether(counts);
    weight[term] = enters ? millionths(npmi(counts)) : 0;
  }
}

/** Terms that go with the words which the campaign excludes. */
function excludedSense(messages: SeedMessages, weight: Float64Array, other: Float64Array): void {
  const isExcluded = (message: number) => messages.isExcluded[message] === 1;
  const languages = messages.languages;
  const excluded = messages.byLanguage(isExcluded, languages);
  const all = messages.byLanguage(() => true, languages);
  for (let term = 0; term < messages.termCount; term++) {
    const [joint, people] = messages.support(term, isExcluded);
    if (joint < leastMessages || people < leastPeople) continue;
    const language = messages.languageOf(term);
    const first = messages.support(term, () => true)[0];
    const counts = { joint, first, second: excluded[language]!, total: all[language]! };
    if (!goTogether(counts)) continue;
    other[term] = millionths(npmi(counts));
    weight[term] = 0;
  }
}

/** Terms that keep company with one seed alone, in messages that lack the topic's other words. */
function lonelySense(
  messages: SeedMessages,
  isAbout: Uint8Array,
  languageMessages: Int32Array,
  df: ReadonlyMap<number, number>,
  weight: Float64Array,
  other: Float64Array,
): void {
  const seedOf = new Int32Array(messages.termCount);
  const core = weight.slice();
  const bySeed = messages.bySeed(() => true);
  const unexcluded = messages.byLanguage(message => messages.isExcluded[message] === 0, messages.languages);
  for (let term = 0; term < messages.termCount; term++) {
    seedOf[term] = messages.onlySeedOf(term, bySeed, unexcluded);
    if (seedOf[term]! >= 0) core[term] = 0;
  }
  const isPoor = messages.poverty(core, isAbout);
  const poorBySeed = messages.bySeed(message => isPoor[message] === 1);
  for (let term = 0; term < messages.termCount; term++) {
    const seed = seedOf[term]!;
    if (seed < 0) continue;
    const holdsBoth = (message: number) =>
      messages.isExcluded[message] === 0 && messages.holdsSeed(message, seed);
    const [joint, people] = messages.support(term, holdsBoth);
    if (joint < leastMessages || people < leastPeople) continue;
    const everywhere = df.get(messages.numberOf(term)) ?? joint;
    if (joint < everywhere / 2) continue;
    const [poorJoint] = messages.support(term, message => isPoor[message] === 1 && holdsBoth(message));
    const language = messages.languageOf(term);
    const place = language * messages.seedCount + seed;
    const around = { joint: poorJoint, first: joint, second: poorBySeed[place]!, total: bySeed[place]! };
    if (!goTogether(around)) continue;
    const counts = {
      joint,
      first: everywhere,
      second: bySeed[place]!,
      total: languageMessages[language]!,
    };
    other[term] = Math.max(other[term]!, millionths(npmi(counts)));
    weight[term] = 0;
  }
}

function millionths(value: number): number {
  return Math.round(Math.max(0, value) * 1e6) / 1e6;
}
