import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, writeShop } from './shop.ts';

/**
 * Bea, Cem and Dan answered Ann; Ann and Eve have codes. Bea bought without a code, a stranger with Ann's, another with Eve's, Cem with
 * Eve's, Dan nothing: the paths of the method's vector, g×2, m×1 and g>m×1 with an order, g×1 without. Last, a buyer who met nobody,
 * and one whose order came back.
 */
const orders = [
  'order_id,customer_id,ordered_at,amount,currency,code,promotion,geo,refunded_at,refund_amount',
  'o1,bea,2026-03-28T11:00:00Z,10.00,EUR,,,,,',
  'o2,stranger,2026-03-05T11:00:00Z,10.00,EUR,SUN,,,,',
  'o3,another,2026-03-05T11:00:00Z,10.00,EUR,MOON,,,,',
  'o4,cem,2026-03-28T12:00:00Z,12.00,EUR,moon,,,2026-03-28T13:00:00Z,2.00',
  'o5,nobody,2026-03-28T11:00:00Z,10.00,EUR,,,,,',
  'o6,returner,2026-03-06T11:00:00Z,10.00,EUR,SUN,,,2026-03-07T11:00:00Z,',
  'o7,stranger,2026-01-05T11:00:00Z,10.00,EUR,,,,,',
].join('\n');
const sheets = {
  'orders.csv': orders,
  'customers.csv': 'customer_id,author_id,clv,currency\nbea,x:bea,,\ncem,x:cem,,\ndan,x:dan,,',
  'codes.csv':
    'code,author_id,campaign,valid_from,valid_to\nSUN,x:ann,shop,2026-03-01,2026-03-28\nMOON,x:eve,shop,2026-03-01,2026-03-28',
  'optouts.csv': 'author_id,since,reason\nx:eve,2026-03-01,asked',
};
const lines = [
  'flight: { from: 2026-03-01, to: 2026-03-28, pre_from: 2026-01-04, pre_to: 2026-02-28 }',
  'orders: { path: orders.csv, currency: EUR, margin: 0.5 }',
  'customers: { path: customers.csv }',
  'codes: { path: codes.csv }',
];

async function creditOf(more: readonly string[]) {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeShop(folder, sheets, [...lines, ...more]);
  await plainNight(worldIn(lake), file, campaign, interval);
  const ask = <Row = Record<string, unknown>>(sql: string) => published<Row>(lake, campaign, sql);
  const credits = await ask<{ author_id: string; method: string; orders: number; value: number }>(
    'SELECT author_id, method, orders, CAST(value AS DOUBLE) AS value FROM fct_credits ORDER BY method, orders DESC, author_id',
  );
  return { ask, credits };
}

it('[vector] g×2, m×1, g>m×1 convert, g×1 does not ⇒ 2.4 / 1.6 and 2.5 / 1.5, through a whole night', async () => {
  const { ask, credits } = await creditOf(['privacy: { pseudonymise: false }']);
  const told = credits.map(({ author_id, method, orders, value }) => [author_id, method, orders, value]);
  expect(told).toEqual([
    ['x:eve', 'codes', 2, 20],
    ['x:ann', 'codes', 1, 10],
    ['x:ann', 'markov', expect.closeTo(2.4, 12), 24],
    ['x:eve', 'markov', expect.closeTo(1.6, 12), 16],
    ['x:ann', 'shapley', 2.5, 25],
    ['x:eve', 'shapley', 1.5, 15],
  ]);
  const rows = await ask(
    `SELECT method, evidence_level, verdict, CAST(incremental_low AS DOUBLE) AS low, CAST(incremental_high AS DOUBLE) AS high, roi
     FROM fct_returns WHERE evidence_level >= 5 ORDER BY method`,
  );
  expect(rows).toEqual([
    // The stranger had bought in January, so that only Eve's two buyers are new.
    { method: 'codes and links', evidence_level: 5, verdict: 'bounds', low: 20, high: 30, roi: null },
    { method: 'markov credit', evidence_level: 6, verdict: 'credit', low: null, high: null, roi: null },
    { method: 'shapley credit', evidence_level: 6, verdict: 'credit', low: null, high: null, roi: null },
  ]);
  const [reason] = await ask<{ reason: string }>(
    "SELECT reason FROM fct_returns WHERE method = 'markov credit'",
  );
  expect(reason!.reason).toMatch(/^4 of 5 orders/);
});

it('lists nobody who opted out, but leaves others what is theirs; and names people by their pseudonyms', async () => {
  const { credits, ask } = await creditOf(['optouts: { path: optouts.csv }']);
  expect(credits.map(({ method, orders, value }) => [method, orders, value])).toEqual([
    ['codes', 1, 10],
    ['markov', expect.closeTo(2.4, 12), 24],
    ['shapley', 2.5, 25],
  ]);
  const [author] = await ask<{ author_id: string }>("SELECT author_id FROM fct_messages WHERE kind = 'post'");
  expect(new Set(credits.map(row => row.author_id))).toEqual(new Set([author!.author_id]));
  expect(author!.author_id).not.toContain('ann');
});
