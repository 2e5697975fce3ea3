import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, writeShop } from './shop.ts';

/** Everybody answers ann once: q = min(.95, (1 + 1) / (1 + 4)) = .4, so θ of ann in each of them is .4. */
const customers = `customer_id,author_id,clv,currency
c1,x:ann,100,EUR
c2,x:bea,50,EUR
c3,x:bea,30,EUR
c4,x:cem,,
c5,x:brand,10,EUR
c6,x:far,1000,EUR
`;
const lines = [
  'orders: { path: orders.csv, currency: EUR, margin: 0.5 }',
  'customers: { path: customers.csv }',
];
/** 100 days before the night's end the shop sold for the first time. */
const orders = `order_id,customer_id,ordered_at,amount,currency,refunded_at,refund_amount
o1,other,2025-12-19T00:00:00Z,10,EUR,,
o2,c4,2026-03-27T10:00:00Z,25,EUR,2026-03-28T10:00:00Z,5
`;
const money = ['clv', 'influence_value', 'civ_gross', 'civ_net', 'civ_stacked'];

async function valuesOf(sheets: Record<string, string>, more: readonly string[]) {
  const folder = temporaryFolder();
  const file = writeShop(folder, { 'orders.csv': orders, 'customers.csv': customers, ...sheets }, [
    ...lines,
    ...more,
  ]);
  const lake = join(folder, 'lake');
  await plainNight(worldIn(lake), file, campaign, interval);
  const rows = await published<Record<string, unknown>>(
    lake,
    campaign,
    `SELECT author_id, ${money.map(name => `CAST(${name} AS DOUBLE) AS ${name}`)}, clv_rule, moved_people, moved_known
     FROM fct_influencer_value ORDER BY author_id`,
  );
  return rows.map(row => Object.values(row));
}

const shared = {
  'influence_shares.csv':
    'influencer_id,influenced_id,share\nx:far,x:bea,0.25\nx:dan,x:bea,0.5\nx:ann,x:cem,0\n',
  'optouts.csv': 'author_id,since,reason\nx:bea,,asked\n',
};
const sharing = ['influence_shares: { path: influence_shares.csv }', 'optouts: { path: optouts.csv }'];
const plainly = 'privacy: { pseudonymise: false }';

describe('the value of influence in a night', () => {
  it('is what customers are worth, given or by their orders, and the shares that the talk shows', async () => {
    // cem: 20 net × .5 in 100 days of 365 ⇒ 36.50. ann moves bea (80), cem (36.50), dan (no customer) and the brand (10).
    expect(await valuesOf({}, [plainly])).toEqual([
      ['x:ann', 100, 50.6, 150.6, 150.6, 150.6, 'given', 4, 3],
      ['x:bea', 80, 0, 80, 48, 80, 'given', 0, 0],
      ['x:cem', 36.5, 0, 36.5, 21.9, 36.5, 'estimated', 0, 0],
    ]);
  });

  it('is shared as the file of influence shares says of who stands there, people never seen among them; who opted out is not listed', async () => {
    // ann moves dan, and dan bea: 104 and .4 × .5 × 80.
    expect(await valuesOf(shared, [plainly, ...sharing])).toEqual([
      ['x:ann', 100, 4, 104, 104, 120, 'given', 2, 1],
      ['x:cem', 36.5, 0, 36.5, 36.5, 36.5, 'estimated', 0, 0],
      ['x:dan', null, 40, null, null, null, null, 1, 1],
      ['x:far', 1000, 20, 1020, 1020, 1020, 'given', 1, 1],
    ]);
  });

  it('says the same under pseudonyms', async () => {
    const rows = await valuesOf(shared, sharing);
    expect(rows.map(([author]) => author)).toEqual(rows.map(() => expect.stringMatching(/^x:[0-9a-f]{32}$/)));
    expect(rows.map(([, ...figures]) => JSON.stringify(figures)).sort()).toEqual(
      [
        '[100,4,104,104,120,"given",2,1]',
        '[1000,20,1020,1020,1020,"given",1,1]',
        '[36.5,0,36.5,36.5,36.5,"estimated",0,0]',
        '[null,40,null,null,null,null,1,1]',
      ].sort(),
    );
  });

  it('refuses a file that owes more than all of a value, by the pseudonym where people have one', async () => {
    const shares = 'influencer_id,influenced_id,share\nx:ann,x:bea,0.6\nx:cem,x:bea,0.5\n';
    const named = ['influence_shares: { path: influence_shares.csv }'];
    await expect(valuesOf({ 'influence_shares.csv': shares }, [plainly, ...named])).rejects.toThrow(
      "influence_shares.csv:2: the shares of x:bea's value that are owed to others add up to 1.1, which is more than all of it",
    );
    await expect(valuesOf({ 'influence_shares.csv': shares }, named)).rejects.toThrow(
      /the shares of x:[0-9a-f]{32}'s value that are owed to others add up to 1\.1,/,
    );
  });

  it('is empty without customers', async () => {
    expect(await valuesOf({ 'customers.csv': 'customer_id,author_id,clv,currency\n' }, [plainly])).toEqual(
      [],
    );
  });
});
