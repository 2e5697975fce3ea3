import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Manifest } from '../../lake/nights.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { campaign, interval, staged, writeShop } from './shop.ts';

const plainly = 'privacy: { pseudonymise: false }';

it('refuses bad rows of every sheet with a reason, keeps the others, and the books balance', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeShop(
    folder,
    {
      'orders.csv': `order_id,customer_id,ordered_at,amount,currency,refunded_at,refund_amount,shop
o1,c1,2026-03-27T10:00:00Z,10,EUR,,,web
,c1,2026-03-27T10:00:00Z,10,EUR,,,web
o2,c1,2026-03-27T10:00:00Z,10,GBP,,,
o3,c1,2026-03-27T10:00:00Z,10,EUR,2026-03-28T10:00:00Z,11,
o1,c1,2026-03-27T10:00:00Z,10,EUR,,,
`,
      'rates.csv': 'date,currency,rate\n2026-03-28,GBP,1.15\n',
      'codes.csv': `code,author_id,campaign,valid_from,valid_to
A,x:ann,spring,2026-03-28,2026-03-01
B,x:bea,spring,,
`,
      'costs.csv': `author_id,kind,amount,currency,spent_at
x:ann,fee,-5,EUR,2026-03-01
,tooling,5,EUR,2026-03-01
`,
      'candidates.csv': `author_id,cost,acceptance
x:ann,5,0.5
x:ann,6,0.5
x:bea,5,0.5
`,
      'identities.csv': `person_id,author_id
p1,x:ann
p1,x:bea
p2,x:bea
p2,x:cem
p3,x:bea
`,
      'optouts.csv': 'author_id,since,reason\ndan,2026-01-01,asked\nx:dan,whenever,asked\n',
    },
    [
      plainly,
      'orders: { path: orders.csv, currency: EUR, margin: 0.4 }',
      ...['rates', 'codes', 'costs', 'identities', 'optouts'].map(
        sheet => `${sheet}: { path: ${sheet}.csv }`,
      ),
      'recruitment: { budget: 100 EUR, candidates: { path: candidates.csv } }',
    ],
  );
  const night = await plainNight(worldIn(lake), file, campaign, interval);
  expect(night.published?.warnings).toContain('11 rows are in quarantine: `npx sillage quarantine shop`');

  const refusals = await staged<{ sheet: string; line: number; reason: string; row: string }>(
    lake,
    ['stg_sheet_refusals'],
    'SELECT sheet, file, line, reason, row FROM stg_sheet_refusals ORDER BY sheet, line',
  );
  expect(refusals.map(({ sheet, line, reason }) => `${sheet} ${line}: ${reason}`)).toEqual([
    'candidates 2: candidate x:ann stands twice with different cost or acceptance, as in candidates.csv:2 and candidates.csv:3',
    'candidates 3: candidate x:ann stands twice with different cost or acceptance, as in candidates.csv:2 and candidates.csv:3',
    'codes 2: valid_to 2026-03-01 is before valid_from 2026-03-28',
    'costs 2: amount -5 is negative',
    'identities 3: author_id x:bea stands under several persons, which would make one of them: p1 p2 p3',
    'identities 4: author_id x:bea stands under several persons, which would make one of them: p1 p2 p3',
    'identities 6: author_id x:bea stands under several persons, which would make one of them: p1 p2 p3',
    'optouts 2: author_id dan is not <platform>:<native id>, like x:12345',
    'orders 3: order_id is missing',
    'orders 4: there is no rate of GBP on or before the day of the order',
    'orders 5: refund_amount 11 is larger than the amount 10 of its order',
  ]);
  expect(refusals.at(-1)?.row).toBe('o3,c1,2026-03-27T10:00:00Z,10,EUR,,,,2026-03-28T10:00:00Z,11');

  const books = await published<Record<string, number | string>>(
    lake,
    campaign,
    `SELECT source, max(value) FILTER (measure = 'rows_read') AS rows_read, max(value) FILTER (measure = 'staged') AS staged,
       max(value) FILTER (measure = 'duplicates') AS duplicates, max(value) FILTER (measure = 'quarantined') AS quarantined
     FROM fct_quality WHERE table_name = 'stg_' || source GROUP BY source ORDER BY source`,
  );
  expect(books.map(book => Object.values(book))).toEqual([
    ['candidates', 3, 1, 0, 2],
    ['codes', 2, 1, 0, 1],
    ['costs', 2, 1, 0, 1],
    ['identities', 5, 2, 0, 3],
    ['optouts', 2, 1, 0, 1],
    ['orders', 5, 1, 1, 3],
    ['rates', 1, 1, 0, 0],
  ]);
  expect(
    await published(lake, campaign, "SELECT measure, value FROM fct_quality WHERE measure LIKE 'unmapped:%'"),
  ).toEqual([{ measure: 'unmapped:shop', value: 2 }]);
  expect(await published(lake, campaign, 'SELECT verdict, quarantined FROM dim_night')).toEqual([
    { verdict: 'partial', quarantined: 11 },
  ]);
});

it('joins the accounts of a person, and an opt-out of one of them counts whenever it was said', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeShop(
    folder,
    {
      'identities.csv': 'person_id,author_id\np1,x:gone\np1,x:cem\np1,x:ann\np2,x:dan\np2,x:brand\n',
      'optouts.csv': 'author_id,since,reason\nx:gone,2030-01-01,asked later\n',
    },
    [plainly, 'identities: { path: identities.csv }', 'optouts: { path: optouts.csv }'],
  );
  await plainNight(worldIn(lake), file, campaign, interval);
  const persons = await staged(
    lake,
    ['stg_persons'],
    'SELECT author_id, person_id, is_main, is_brand, is_opted_out FROM stg_persons ORDER BY author_id',
  );
  expect(persons.map(Object.values)).toEqual([
    ['x:ann', 'x:cem', false, false, true],
    ['x:bea', 'x:bea', true, false, false],
    ['x:brand', 'x:dan', false, true, false],
    ['x:cem', 'x:cem', true, false, true],
    ['x:dan', 'x:dan', true, true, false],
  ]);
  const authors = await published(
    lake,
    campaign,
    'SELECT author_id, person_id, is_brand, is_opted_out FROM dim_authors ORDER BY author_id',
  );
  expect(authors.map(Object.values)).toEqual([
    ['x:ann', 'x:cem', false, true],
    ['x:bea', 'x:bea', false, false],
    ['x:brand', 'x:dan', true, false],
    ['x:cem', 'x:cem', false, true],
    ['x:dan', 'x:dan', false, false],
  ]);
});

it('keeps sheets as they came: rerun takes those that its run had, even where they have gone', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeShop(folder, { 'identities.csv': 'person_id,author_id\np1,x:ann\np1,x:bea\n' }, [
    plainly,
    'identities: { path: identities.csv }',
  ]);
  const run = `${campaign}_2026-03-28_2026-03-29_1`;
  const joined = () =>
    published(lake, campaign, 'SELECT author_id, person_id FROM dim_authors WHERE author_id <> person_id');
  await plainNight(worldIn(lake), file, campaign, interval, { run });
  writeFileSync(join(folder, 'identities.csv'), 'person_id,author_id\np1,x:cem\np1,x:dan\n');
  const again = await plainNight(worldIn(lake), file, campaign, interval, { pinned: run });
  expect(again.published?.outcome).toBe('unchanged');
  expect(await joined()).toEqual([{ author_id: 'x:bea', person_id: 'x:ann' }]);
  const now = await plainNight(worldIn(lake), file, campaign, interval);
  expect(now.steps.filter(step => step.outcome === 'computed').map(step => step.step)).toEqual(
    expect.arrayContaining(['collect', 'sheets', 'authors']),
  );
  expect(now.steps.find(step => step.step === 'messages')?.outcome).toBe('reused');
  expect(await joined()).toEqual([{ author_id: 'x:dan', person_id: 'x:cem' }]);
  const manifest = await worldIn(lake).lake.read(`published/${campaign}/manifest.json`);
  expect((JSON.parse(manifest!.toString('utf8')) as Manifest).inputs).toContainEqual(
    expect.objectContaining({ source: 'identities', query: 'identities.csv', file: 'identities.csv' }),
  );
});

it('ends with one line where a sheet is no such sheet, its money is mixed, or it is not there', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const ask = (sheets: Record<string, string>, lines: string[]) =>
    plainNight(worldIn(lake), writeShop(folder, sheets, [plainly, ...lines]), campaign, interval);
  await expect(
    ask({ 'codes.csv': 'code;author_id\nA;x:ann\n' }, ['codes: { path: codes.csv }']),
  ).rejects.toThrow(
    /^codes\.csv:1: the columns campaign, valid_from, valid_to are missing; found code, author_id — /,
  );
  const orders = `order_id,customer_id,ordered_at,amount,currency
o1,c1,2026-03-27T10:00:00Z,1,EUR
o2,c1,2026-03-27T10:00:00Z,1,GBP
`;
  const named = 'orders: { path: orders.csv, currency: EUR, margin: 0.4 }';
  await expect(ask({ 'orders.csv': orders }, [named])).rejects.toThrow(
    /^orders\.csv:3: amounts are in several currencies \(EUR, GBP\), and no `rates` are given — name a file of `rates`/,
  );
  rmSync(join(folder, 'orders.csv'));
  await expect(ask({}, [named])).rejects.toThrow(/orders\.path: there is no file "orders\.csv"/);
});
