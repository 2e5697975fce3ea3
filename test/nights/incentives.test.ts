import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Shop, shop, writeShop } from './cornerShop.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

const header = 'order_id,customer_id,ordered_at,amount,currency,code,promotion,geo,refunded_at,refund_amount';
const order = (id: string, day: string, amount: string, more = 'SUN5,corner-shop,,,') =>
  `\n${id},c-${id},${day}T12:00:00Z,${amount},EUR,${more}`;
const codes = `code,author_id,campaign,valid_from,valid_to
  SUN5,x:ann,corner-shop,2026-03-01,2026-03-28
  MOON,x:bea,corner-shop,2026-03-01,2026-03-28`;
const tenth = '{ budget: 20 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }';

let folder: string;
let lake: string;
beforeEach(() => {
  folder = temporaryFolder();
  lake = join(folder, 'lake');
});

interface Row {
  entry_id: string;
  event_id: string;
  state: string;
  amount: number;
  reason: string | null;
  entered_on: Date;
}

/** Runs a night over the campaign as it is now; returns the ledger, a line an entry. */
async function ledgerAfter(day: number, what: Shop, name = shop): Promise<string[]> {
  const file = writeShop(folder, what, name);
  const text = (number: number) => `2026-03-${String(number).padStart(2, '0')}`;
  await plainNight(worldIn(lake), file, name, `${text(day)}/${text(day + 1)}`);
  return (await rowsOf(name)).map(({ event_id, state, amount, entered_on, reason }) =>
    [event_id, state, amount, entered_on.toISOString().slice(8, 10), reason]
      .filter(part => part !== null)
      .join(' '),
  );
}

const rowsOf = (name = shop) =>
  published<Row>(
    lake,
    name,
    'SELECT entry_id, event_id, state, CAST(amount AS DOUBLE) AS amount, reason, entered_on FROM fct_incentives ORDER BY entry_number',
  );

describe('the ledger of incentives, from night to night', () => {
  it('goes on where the night before ended: late orders are appended, nothing is entered twice', async () => {
    const base = { codes, incentives: tenth };
    const first = header + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: first })).toEqual(['o2 earned 3 02']);
    const [before] = await rowsOf();
    const second = first + order('o1', '2026-03-01', '10.00') + order('o3', '2026-03-03', '50.00');
    expect(await ledgerAfter(3, { ...base, orders: second })).toEqual([
      'o2 earned 3 02',
      'o1 earned 1 03',
      'o3 earned 5 03',
    ]);
    expect((await rowsOf())[0]).toEqual(before);
    // An export that begins later takes nothing back.
    expect(await ledgerAfter(4, { ...base, orders: header + order('o4', '2026-03-04', '10.00') })).toEqual([
      'o2 earned 3 02',
      'o1 earned 1 03',
      'o3 earned 5 03',
      'o4 earned 1 04',
    ]);
  });

  it('sees nothing at or after the end of its interval', async () => {
    const orders =
      header +
      order('o1', '2026-03-02', '30.00', 'SUN5,corner-shop,,2026-03-04T00:00:00Z,30.00') +
      order('o2', '2026-03-03', '30.00');
    expect(await ledgerAfter(2, { codes, orders, incentives: tenth })).toEqual(['o1 earned 3 02']);
    expect(await ledgerAfter(3, { codes, orders, incentives: tenth })).toHaveLength(2);
    expect(await ledgerAfter(4, { codes, orders, incentives: tenth })).toEqual([
      'o1 earned 3 02',
      'o2 earned 3 03',
      'o1 reversed -3 04 the order was refunded',
    ]);
  });

  it('takes back in proportion, and frees budget for what comes later', async () => {
    const base = { codes, incentives: tenth };
    const first = header + order('o1', '2026-03-01', '190.00') + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: first })).toEqual([
      'o1 earned 19 02',
      'o2 capped 1 02 the budget is spent',
    ]);
    const refunded = order('o1', '2026-03-01', '190.00', 'SUN5,corner-shop,,2026-03-03T00:00:00Z,95.00');
    const second =
      header + refunded + order('o2', '2026-03-02', '30.00') + order('o3', '2026-03-03', '30.00');
    expect(await ledgerAfter(3, { ...base, orders: second })).toEqual([
      'o1 earned 19 02',
      'o2 capped 1 02 the budget is spent',
      'o1 reversed -9.5 03 the order was refunded',
      'o3 earned 3 03',
    ]);
  });

  it('keeps what was published when the same night runs again with more, and is reused when it runs with the same', async () => {
    const base = {
      codes,
      incentives: '{ budget: 3 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }',
    };
    const late = header + order('o2', '2026-03-02', '30.00');
    expect(await ledgerAfter(2, { ...base, orders: late })).toEqual(['o2 earned 3 02']);
    // o1 came first in time, but o2 may be paid by now.
    const whole = late + order('o1', '2026-03-01', '30.00');
    const expected = ['o2 earned 3 02', 'o1 refused 0 02 the budget is spent'];
    expect(await ledgerAfter(2, { ...base, orders: whole })).toEqual(expected);
    const file = join(folder, 'campaign.yaml');
    const again = await plainNight(worldIn(lake), file, shop, '2026-03-02/2026-03-03');
    expect(again.published?.outcome).toBe('unchanged');
    expect(again.steps.find(({ step }) => step === 'ledger')?.outcome).toBe('reused');
    const forced = await plainNight(worldIn(lake), file, shop, '2026-03-02/2026-03-03', {
      scope: { force: true },
    });
    expect(forced.steps.find(({ step }) => step === 'ledger')?.outcome).toBe('verified');
    expect(await ledgerAfter(3, { ...base, orders: whole })).toEqual(expected);
  });

  it('lets a backfill begin with the night before it, and the shown ledger go on untouched', async () => {
    const base = { codes, incentives: tenth };
    const orders = header + order('o1', '2026-03-01', '10.00') + order('o5', '2026-03-05', '20.00');
    const shown = await ledgerAfter(5, { ...base, orders });
    expect(shown).toEqual(['o1 earned 1 05', 'o5 earned 2 05']);
    expect(await ledgerAfter(2, { ...base, orders })).toEqual(shown);
    expect(await ledgerAfter(6, { ...base, orders })).toEqual(shown);
  });

  it('enters a rule that came later for new events and old ones, and keeps the entries of a rule that went', async () => {
    const orders = header + order('o1', '2026-03-01', '10.00');
    await ledgerAfter(2, { codes, orders, incentives: tenth });
    const both =
      '{ budget: 20 EUR, earns: [{ kind: naming, on: order }, { kind: commission, on: order, rate: 0.5 }] }';
    expect(await ledgerAfter(3, { codes, orders, incentives: both })).toEqual([
      'o1 earned 1 02',
      'o1 earned 0 03',
    ]);
    const more = orders + order('o2', '2026-03-04', '10.00');
    const other = '{ budget: 20 EUR, earns: [{ kind: fee, on: mention, amount: 1 EUR }] }';
    expect(await ledgerAfter(4, { codes, orders: more, incentives: other })).toHaveLength(2);
    expect(await ledgerAfter(5, { codes, orders: more })).toHaveLength(2);
  });

  it('holds the cap of a person over all accounts that the identities join', async () => {
    const orders =
      header + order('o1', '2026-03-01', '40.00') + order('o2', '2026-03-02', '30.00', 'MOON,corner-shop,,,');
    const incentives =
      '{ budget: 20 EUR, cap_per_person: 5 EUR, earns: [{ kind: commission, on: order, rate: 0.1 }] }';
    const identities = 'person_id,author_id\np1,x:ann\np1,x:bea';
    const apart = ['o1 earned 4 02', 'o2 earned 3 02'];
    expect(await ledgerAfter(2, { codes, orders, incentives })).toEqual(apart);
    // Who turns out to be one person has one cap from then on; what was entered stays.
    const more = orders + order('o3', '2026-03-03', '10.00', 'MOON,corner-shop,,,');
    expect(await ledgerAfter(3, { codes, orders: more, incentives, identities })).toEqual([
      ...apart,
      'o3 refused 0 03 the cap of the person is reached',
    ]);
    lake = join(folder, 'another lake');
    expect(await ledgerAfter(2, { codes, orders, incentives, identities })).toEqual([
      'o1 earned 4 02',
      'o2 capped 1 02 the cap of the person is reached',
    ]);
  });

  it('refuses to go on in another currency, or under other pseudonyms', async () => {
    const base = { codes, orders: header + order('o1', '2026-03-01', '10.00') };
    await ledgerAfter(2, { ...base, incentives: tenth });
    const pounds = '{ budget: 20 GBP, earns: [{ kind: fee, on: order, amount: 1 GBP }] }';
    await expect(ledgerAfter(3, { ...base, incentives: pounds })).rejects.toThrow(
      /the ledger of incentives is kept in EUR, and incentives.budget is now in GBP/,
    );
    await expect(ledgerAfter(3, { ...base, incentives: tenth, pseudonymise: true })).rejects.toThrow(
      /names people by other pseudonyms than this night/,
    );
  });

  it('is empty without codes and without orders', async () => {
    const orders = header + order('o1', '2026-03-01', '10.00');
    expect(await ledgerAfter(2, { orders, incentives: tenth })).toEqual([]);
    expect(await published(lake, shop, 'SELECT order_id, reason FROM fct_redemptions')).toEqual([
      { order_id: 'o1', reason: 'unknown code' },
    ]);
    expect(await ledgerAfter(3, { codes, incentives: tenth })).toEqual([]);
    expect(await published(lake, shop, 'FROM fct_redemptions')).toEqual([]);
  });
});

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

describe('redemptions', () => {
  it('of expired, unknown and foreign codes and of oneself are refused with the reason; no customer is named', async () => {
    const orders =
      header +
      order('code', '2026-03-05', '10.00', 'sun5,corner-shop,,,') +
      order('expired', '2026-02-28', '10.00') +
      order('last-day', '2026-03-28', '10.00') +
      order('link', '2026-03-05', '10.00', 'http://corner.example/r/Bea#top,corner-shop,,,') +
      order('other', '2026-03-05', '10.00', 'EGG,corner-shop,,,') +
      order('own', '2026-03-05', '10.00') +
      order('own-account', '2026-03-05', '10.00') +
      order('two-people', '2026-03-05', '10.00', 'STAR,corner-shop,,,') +
      order('unknown', '2026-03-05', '10.00', 'SUN6,corner-shop,,,') +
      order('without', '2026-03-05', '10.00', ',corner-shop,,,');
    const file = writeShop(folder, {
      orders,
      codes: `${codes}
        EGG,x:ann,easter,2026-03-01,2026-03-28
        https://www.corner.example/r/Bea/,x:bea,corner-shop,2026-03-01,2026-03-28
        STAR,x:ann,corner-shop,2026-03-01,2026-03-28
        star,x:bea,corner-shop,2026-03-01,2026-03-28`,
      customers: `customer_id,author_id,clv,currency
        c-own,x:ann,1,EUR
        c-own-account,bluesky:ann,1,EUR
        c-link,x:ann,1,EUR`,
      identities: 'person_id,author_id\np1,x:ann\np1,bluesky:ann',
      incentives: tenth,
    });
    await plainNight(worldIn(lake), file, shop, '2026-03-28/2026-03-29');
    const rows = await published<Record<string, string | boolean | null>>(
      lake,
      shop,
      'SELECT order_id, author_id, promotion, is_credited, reason FROM fct_redemptions ORDER BY order_id',
    );
    expect(rows.map(row => Object.values(row).join(' ').trim())).toEqual([
      'code x:ann corner-shop true',
      'expired x:ann corner-shop false outside window',
      'last-day x:ann corner-shop true',
      'link x:bea corner-shop true',
      'other x:ann corner-shop false other campaign',
      'own x:ann corner-shop false self-referral',
      'own-account x:ann corner-shop false self-referral',
      'two-people  corner-shop false several people',
      'unknown  corner-shop false unknown code',
    ]);
    for (const table of ['fct_redemptions', 'fct_incentives']) {
      const text = JSON.stringify(await published(lake, shop, `FROM ${table}`));
      expect(text).toContain('last-day');
      expect(text).not.toContain('c-');
    }
  });
});
