import { asObject } from '../knownFields.ts';

/** What a term of a search asks for beyond words: an account, a language, a time. Only the network can judge it. */
const operator = /^-|^(from|to|mentions|lang|domain|url|since|until|did):/i;
/** Scripts that put no blank between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * Whether a post holds one of the terms, as near to the network's own search as can be told from one post: all words of
 * a term must be there, phrases in quotes as they stand, hashtags whole; capitals don't matter. Terms with operators
 * (`from:`, `lang:`, …) are never held: these are left to the search.
 */
export function holdsTerm(terms: readonly string[]): (record: Record<string, unknown>) => boolean {
  const tests = terms.map(testOf).filter(test => test !== undefined);
  if (tests.length === 0) return () => false;
  return record => {
    const talk = talkOf(record);
    return tests.some(test => test(talk));
  };
}

interface Talk {
  text: string;
  tags: Set<string>;
}

function testOf(term: string): ((talk: Talk) => boolean) | undefined {
  const parts = term.match(/"[^"]+"|\S+/g) ?? [];
  if (parts.length === 0 || parts.some(part => operator.test(part))) return undefined;
  const tests = parts.map(part => {
    const word = plain(part.replaceAll('"', ''));
    if (/^#./.test(word)) return ({ tags }: Talk) => tags.has(word.slice(1));
    if (unspaced.test(word)) return ({ text }: Talk) => text.includes(word);
    const whole = new RegExp(
      `(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
      'u',
    );
    return ({ text }: Talk) => whole.test(text);
  });
  return talk => tests.every(test => test(talk));
}

function talkOf(record: Record<string, unknown>): Talk {
  const features = listOf(record.facets).flatMap(facet => listOf(asObject(facet)?.features).map(asObject));
  const external = asObject(asObject(record.embed)?.external);
  const texts = [record.text, external?.uri, ...features.map(feature => feature?.uri)];
  const text = plain(texts.filter(part => typeof part === 'string').join('\n'));
  const tags = [...listOf(record.tags), ...features.map(feature => feature?.tag)]
    .filter(tag => typeof tag === 'string')
    .map(tag => plain(tag).replace(/^#/, ''));
  const spelled = text.match(/(?<=(^|[^\p{L}\p{N}])#)[\p{L}\p{N}_]+/gu) ?? [];
  return { text, tags: new Set([...tags, ...spelled]) };
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
