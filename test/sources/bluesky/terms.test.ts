import { expect, test } from 'vitest';
import { holdsTerm } from '../../../sources/bluesky/terms.ts';

const link = (uri: string) => ({ facets: [{ features: [{ $type: 'app.bsky.richtext.facet#link', uri }] }] });
const tag = (name: string) => ({
  facets: [{ features: [{ $type: 'app.bsky.richtext.facet#tag', tag: name }] }],
});

test.each<[string, Record<string, unknown>, boolean]>([
  ['gelato', { text: 'A GELATO, please' }, true],
  ['gelato', { text: 'gelatology' }, false],
  ['gelato', { text: 'agelato' }, false],
  ['gelato', { text: '#gelato' }, true],
  ['GELATO', { text: 'ｇｅｌａｔｏ' }, true],
  ['hokey pokey', { text: 'pokey, then hokey' }, true],
  ['hokey pokey', { text: 'hokey only' }, false],
  ['"hokey pokey"', { text: 'pokey, then hokey' }, false],
  ['"hokey pokey"', { text: 'a Hokey Pokey!' }, true],
  ['c++ (fast)', { text: 'c++ is (fast)' }, true],
  ['.*', { text: 'anything' }, false],
  ['#gelato', { text: 'gelato' }, false],
  ['#gelato', { text: 'mmm #Gelato!' }, true],
  ['#gelato', { text: 'mmm #gelatology' }, false],
  ['#gelato', { text: 'no#gelato' }, false],
  ['#gelato', { text: '', ...tag('Gelato') }, true],
  ['#gelato', { text: '', tags: ['gelato'] }, true],
  ['#crème_brûlée', { text: 'a #crème_brûlée' }, true],
  ['アイス', { text: '冷たいアイスが好き' }, true],
  ['gelato.example', { text: 'menu', ...link('https://gelato.example/menu') }, true],
  ['gelato.example', { text: '', embed: { external: { uri: 'https://gelato.example' } } }, true],
  ['gelato from:nina.example', { text: 'gelato from:nina.example' }, false],
  ['lang:fr', { text: 'lang:fr' }, false],
  ['', { text: 'anything' }, false],
  ['gelato', { text: null, facets: 'x', tags: [1], embed: [] }, false],
])('of %j, %j holds it: %s', (term, record, holds) => {
  expect(holdsTerm([term])(record)).toBe(holds);
  expect(holdsTerm(['nothing like it', term])(record)).toBe(holds);
});
