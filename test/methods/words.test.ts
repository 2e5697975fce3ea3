import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Words } from '../../methods/words.ts';

/** Stems of a text, in order. */
function stems(languages: string[], text: string, kept: string[] = []): string[] {
  const found: string[] = [];
  new Words(languages).each(text, word => found.push(word.stem), new Set(kept));
  return found;
}

describe('words of a text', () => {
  it('are one word in any case, number, width, with or without accents or #', () => {
    for (const text of [
      'glace',
      'GLACE',
      'Glaces',
      'glacé',
      'GLACÉE',
      '#Glace',
      'ｇｌａｃｅ',
      '𝓰𝓵𝓪𝓬𝓮',
      'gla\u200bce',
      '(glaces),',
    ])
      expect(stems(['fr'], text), text).toEqual(['glac']);
    expect(stems(['fr'], 'crème creme CRÈME')).toEqual(['crem', 'crem', 'crem']);
    expect(stems(['en'], 'cone cones #Cones')).toEqual(['cone', 'cone', 'cone']);
  });

  it('lose what an apostrophe ties to them', () => {
    expect(stems(['fr'], "l’amande qu'amande J’AMANDE jusqu’amande aujourd’hui")).toEqual([
      'amand',
      'amand',
      'amand',
      'amand',
      "aujourd'hui",
    ]);
    expect(stems(['en'], "the cone's cones’ don't won't")).toEqual(['cone', 'cone']);
    // an English ending stays French and the other way round
    expect(stems(['en'], "l'amande")).toEqual(["l'amand"]);
  });

  it('are no stop words, numbers, single letters, links, handles, addresses, emoji', () => {
    expect(stems(['fr'], 'le la les une dans avec')).toEqual([]);
    expect(stems(['en'], 'the and of 12 3,50 € 10:30 a b')).toEqual([]);
    expect(
      stems(['en'], '@HokeyPokey @a@b.example a.b@c.example u/name r/icecream https://a.example/cone?b=cone'),
    ).toEqual([]);
    expect(stems(['en'], 'see(https://a.example/x), www.b.example then 🍦👩‍👩‍👧🇫🇷')).toEqual(['see']);
  });

  it('keep seeds whatever they are', () => {
    expect(stems(['fr'], 'été 🍦 50', ['ete', '🍦', '50'])).toEqual(['ete', '🍦', '50']);
  });

  it('are found where a script has no spaces', () => {
    expect(stems(['ja'], 'アイスクリームが好き')).toEqual(['アイスクリーム', '好き']);
    expect(stems(['th'], 'ไอศกรีมอร่อย')).toEqual(['ไอศกรีม', 'อร่อย']);
    expect(stems(['ru'], 'вкусное мороженое')).toEqual(['вкусн', 'морожен']);
  });

  it('stay as written where the language is not known, without stop words of any', () => {
    expect(stems(['fr', 'en'], "l'été with glaces the cones")).toEqual(['glaces', 'cones']);
    expect(stems(['xx'], 'glaces with cones')).toEqual(['glaces', 'with', 'cones']);
    expect(stems([], 'glaces')).toEqual(['glaces']);
  });

  it('carry the number of their line', () => {
    const found: [string, number][] = [];
    new Words(['en']).each('cone\nthe\n\nscoop, cone', (word, line) => found.push([word.stem, line]));
    expect(found).toEqual([
      ['cone', 0],
      ['scoop', 3],
      ['cone', 3],
    ]);
  });

  it('make a seed: without its stop words, unless it has no others', () => {
    const seed = (text: string) => new Words(['fr']).seed(text).map(word => word.stem);
    expect(seed('Crème glacée')).toEqual(['crem', 'glac']);
    expect(seed('la glace')).toEqual(['glac']);
    expect(seed('#Été')).toEqual(['ete']);
    expect(seed('🍦')).toEqual(['🍦']);
  });
});

describe('hostile texts', () => {
  const hostile = [
    "'; DROP TABLE messages; --",
    '\u0000glace\u0000',
    '\u202Eecalg\u202C \u2066cone\u2069',
    '\uD800 lone \uDFFF surrogates',
    '👩‍👩‍👧‍👦'.repeat(1000),
    'ﷺ'.repeat(1000),
    '@'.repeat(10_000),
    `${'a'.repeat(10_000)}@`,
    `${'a.'.repeat(5000)}@`,
    'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞',
    "'".repeat(1000),
    '_'.repeat(1000),
    'glace '.repeat(170_000),
  ];

  it.each(hostile.map((text, place) => [place, text] as const))('number %i passes', (_, text) => {
    for (const language of [['fr'], ['en'], ['fr', 'en']]) {
      for (const stem of stems(language, text)) {
        expect(stem).not.toMatch(/[\s\u0000-\u001f\u200b\u202a-\u202e]/u);
        expect(stem).not.toBe('');
      }
    }
  });

  it('of a million letters are all read', () => {
    expect(stems(['fr'], hostile.at(-1)!)).toHaveLength(170_000);
  });

  it('of any kind give the same words line by line as all together', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map(text => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), lines => {
        const together: string[][] = lines.map(() => []);
        new Words(['fr']).each(lines.join('\n'), (word, at) => together[at]!.push(word.stem));
        expect(together).toEqual(lines.map(text => stems(['fr'], text)));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
