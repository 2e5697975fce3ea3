import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codes, ledgerAfter as ledgerOf, type Shop, shop } from './cornerShop.ts';
import { temporaryFolder } from './plain.ts';

let folder: string;
let lake: string;
beforeEach(() => {
  folder = temporaryFolder();
  lake = join(folder, 'lake');
});
const ledgerAfter = (day: number, what: Shop, name = shop) => ledgerOf(folder, lake, day, what, name);

describe('mentions', () => {
  const incentives = '{ budget: 20 EUR, earns: [{ kind: recognition, on: mention, amount: 5 EUR }] }';
  const about = (id: string, author: string, text: string, more = {}) => ({
    message_id: id,
    author_id: author,
    kind: 'post',
    language: 'fr',
    text,
    ...more,
  });
  const talk = [
    about('m1', 'ann', 'Une glace, un sorbet'),
    about('m2', 'ann', 'Le vélo'),
    about('m3', 'zoe', 'Une glace, un sorbet'),
    about('m4', 'ann', 'Une glace, un sorbet', { created_at: '2026-03-05T08:00:00Z' }),
  ];

  it('earn by their own words about the category, and are taken back when the message is gone', async () => {
    expect(await ledgerAfter(2, { codes, talk, incentives })).toEqual(['x:m1 earned 5 02']);
    // No longer in the files is not deleted.
    expect(await ledgerAfter(3, { codes, talk: talk.slice(1), incentives })).toEqual(['x:m1 earned 5 02']);
    const gone = { ...talk[0], deleted: true, captured_at: '2026-03-04T10:00:00Z' };
    const expected = ['x:m1 earned 5 02', 'x:m1 reversed -5 04 the message is gone'];
    expect(await ledgerAfter(4, { codes, talk: [...talk, gone], incentives })).toEqual(expected);
    expect(await ledgerAfter(5, { codes, talk: [...talk, gone], incentives })).toEqual([
      ...expected,
      'x:m4 earned 5 05',
    ]);
  });

  it('of the brand and of people who opted out earn nothing', async () => {
    const optouts = 'author_id,since,reason\nx:ann,2026-01-01,asked';
    expect(await ledgerAfter(2, { codes, talk, incentives, optouts })).toEqual([]);
    const own = codes.replace('x:ann', 'x:corner');
    const brand = talk.map(row => ({ ...row, author_id: 'corner' }));
    expect(await ledgerAfter(2, { codes: own, talk: brand, incentives }, 'brand')).toEqual([]);
  });
});
