import { type Language, languages } from './languages.ts';

/** A word of a text as it counts: its stem without accents, and how it was written, in lower case. */
export interface Word {
  stem: string;
  written: string;
}

/** What is neither seen nor said: soft hyphens, joiners, marks of direction; the joiner of emoji (U+200D) stays. */
const invisible =
  /[\u0000-\u0009\u000b-\u001f\u007f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
const links = /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)\S*/g;
// Begun at the first letter of a run only: without the look behind a long run would be tried from every letter of it.
const addresses = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Handles as networks write them: @name, @name@server, u/name. */
const handles = /(?:@[\p{L}\p{N}._-]+)+|(?<=^|\s)\/?[ur]\/[a-z0-9_-]+/gmu;
const apostrophes = /[’‘ʼ＇`´]/g;
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** Scripts in which one character is a word. */
const oneIsWord = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const letters: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/** Where words begin and end, in every script, by the Unicode standard (UAX 29) and ICU's dictionaries. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The words of lines of text, with their lines; links, handles, addresses, numbers and stop words are none, emoji only
 * where they are kept.
 *
 * A hashtag is the word behind its #. Case, width, typographic and invisible forms are evened out first (NFKC, lower
 * case). The stem is taken with its accents, which stemmers need, and the accents are dropped from the stem: glace,
 * glaces, GLACE, glacé and #Glace are one word, and so is what was written without accents, unless the stemmer takes
 * another ending off it.
 *
 * @param kept stems that are words in any case: a seed is never a stop word
 */
export class Words {
  readonly #language: Language;
  readonly #stopWords: ReadonlySet<string>;
  readonly #elision: RegExp | undefined;
  readonly #ending: RegExp | undefined;

  /** @param codes the language of the text, or several that it may be in: these stop words and elisions, and no stemming */
  constructor(codes: readonly string[]) {
    const known = codes.map(code => languages[code] ?? {});
    this.#language = known.length === 1 ? known[0]! : {};
    this.#stopWords = new Set(
      known.flatMap(({ stopWords = [] }) => stopWords).flatMap(word => [word, folded(word)]),
    );
    const elisions = [...new Set(known.flatMap(language => language.elisions ?? []))];
    const endings = [...new Set(known.flatMap(language => language.endings ?? []))];
    this.#elision = elisions.length === 0 ? undefined : new RegExp(`^(?:${elisions.join('|')})'(?=.)`);
    this.#ending = endings.length === 0 ? undefined : new RegExp(`'(?:${endings.join('|')})$`);
  }

  /** Tells `found` every word of `text`, in order, with the number of its line; lines end with \n. */
  each(text: string, found: (word: Word, line: number) => void, kept: ReadonlySet<string> = none): void {
    let line = 0;
    for (const { segment, isWordLike } of segmenter.segment(evened(text))) {
      if (segment === '\n') line++;
      else if (isWordLike === true) {
        for (const part of segment.split('_')) {
          const word = this.#wordOf(part, kept);
          if (word !== undefined) found(word, line);
        }
      } else if (emoji.test(segment) && kept.has(segment)) found({ stem: segment, written: segment }, line);
    }
  }

  /** The words of one line that are no stop words, or all words where nothing else is left: what a seed stands for. */
  seed(line: string): Word[] {
    const all = new Map<string, Word>();
    const telling = new Map<string, Word>();
    for (const { segment, isWordLike } of segmenter.segment(evened(line))) {
      if (isWordLike !== true && !emoji.test(segment)) continue;
      for (const part of segment.split('_')) {
        const bare = this.#bare(part);
        if (bare === '') continue;
        const word = { stem: this.#stem(bare), written: bare };
        all.set(word.stem, word);
        if (!this.#isStopWord(bare)) telling.set(word.stem, word);
      }
    }
    return [...(telling.size > 0 ? telling : all).values()];
  }

  #wordOf(segment: string, kept: ReadonlySet<string>): Word | undefined {
    const bare = this.#bare(segment);
    if (bare === '') return undefined;
    const stem = this.#stem(bare);
    if (kept.has(stem)) return { stem, written: bare };
    if (!/\p{L}/u.test(bare) || this.#isStopWord(bare)) return undefined;
    if (bare.length < 2 && !oneIsWord.test(bare)) return undefined;
    return { stem, written: bare };
  }

  /** Without what an apostrophe ties to it. */
  #bare(segment: string): string {
    if (!segment.includes("'")) return segment;
    // don't, won't, isn't: auxiliaries all, which say nothing of what is talked about
    if (this.#ending !== undefined && segment.endsWith("n't")) return '';
    const word = this.#elision === undefined ? segment : segment.replace(this.#elision, '');
    return this.#ending === undefined ? word : word.replace(this.#ending, '');
  }

  #isStopWord(bare: string): boolean {
    return this.#stopWords.has(bare) || this.#stopWords.has(folded(bare));
  }

  #stem(bare: string): string {
    const { stem } = this.#language;
    return folded(stem === undefined ? bare : stem(bare) || bare);
  }
}

const none: ReadonlySet<string> = new Set();

/** Case, width, apostrophes and what is invisible evened out; links, addresses and handles gone. */
function evened(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(invisible, '')
    .replace(links, ' ')
    .replace(addresses, ' ')
    .replace(handles, ' ')
    .replace(apostrophes, "'");
}

/** Without accents; the signs of scripts that write vowels as marks stay. */
function folded(word: string): string {
  if (/^[\u0000-\u007f]*$/.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[œæßøłđı]/g, letter => letters[letter]!);
}
