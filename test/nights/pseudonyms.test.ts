import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { staged, writeShop } from './shop.ts';

const key = 'a key for tests only';
const pseudonym = (id: string) =>
  `${id.split(':')[0]}:${createHmac('sha256', key).update(id).digest('hex').slice(0, 32)}`;

function writeCampaign(folder: string): string {
  const rows = [
    { message_id: 'm1', author_id: 'ann', kind: 'post' },
    { message_id: 'm2', author_id: 'bea', kind: 'reshare', parent_id: 'm1' },
    { message_id: 'm3', author_id: 'brand', kind: 'reply', parent_id: 'm1' },
    { message_id: 'm4', author_id: 'çéline:1', kind: 'quote', parent_id: 'gone' },
  ];
  const whole = rows.map(row => ({ platform: 'x', created_at: '2026-03-01T10:00:00Z', ...row }));
  writeFileSync(join(folder, 'talk.ndjson'), whole.map(row => `${JSON.stringify(row)}\n`).join(''));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: quiet
brand: { name: B, accounts: ["x:brand"] }
sources: [{ id: t, type: files, format: messages, path: talk.ndjson }]
`,
  );
  return file;
}

it('lets ids leave as HMAC-SHA256 under the key by default, the same wherever they stand', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  await plainNight(worldIn(lake), writeCampaign(folder), 'quiet', '2026-03-01/2026-03-02');
  const messages = await published<Record<string, string>>(
    lake,
    'quiet',
    'SELECT message_id, author_id, parent_id, root_id FROM fct_messages ORDER BY created_at, message_id',
  );
  const expected = [
    { message_id: 'x:m1', author_id: 'x:ann', parent_id: null, root_id: 'x:m1' },
    { message_id: 'x:m2', author_id: 'x:bea', parent_id: 'x:m1', root_id: 'x:m1' },
    { message_id: 'x:m3', author_id: 'x:brand', parent_id: null, root_id: 'x:m3' },
    { message_id: 'x:m4', author_id: 'x:çéline:1', parent_id: 'x:gone', root_id: 'x:gone' },
  ].map(row =>
    Object.fromEntries(Object.entries(row).map(([name, id]) => [name, id === null ? null : pseudonym(id)])),
  );
  expect(messages.toSorted(byId)).toEqual(expected.toSorted(byId));

  const authors = await published(
    lake,
    'quiet',
    'SELECT author_id, is_brand, is_pseudonymised FROM dim_authors',
  );
  expect(authors).toContainEqual({ author_id: pseudonym('x:brand'), is_brand: true, is_pseudonymised: true });
  expect(await published(lake, 'quiet', 'SELECT author_id FROM fct_influencers')).toHaveLength(3);
});

it('lets neither an id nor the key into anything that is published or travels', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const result = await plainNight(worldIn(lake), writeCampaign(folder), 'quiet', '2026-03-01/2026-03-02');
  expect(JSON.stringify(result)).not.toContain(key);
  const leaving = join(lake, 'published', 'quiet');
  for (const name of readdirSync(leaving, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(join(name.parentPath, name.name)).toString('latin1');
    expect(bytes).not.toContain(key);
    expect(bytes).not.toContain('x:ann');
  }
  for (const name of readdirSync(join(lake, 'steps'), { recursive: true, withFileTypes: true })) {
    if (name.isFile()) expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain(key);
  }
});

it('lets nobody of the campaign’s own files out under their id, and still knows them', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const people = ['x:ann', 'x:bea', 'x:cem', 'x:dan'];
  const file = writeShop(
    folder,
    {
      'orders.csv':
        'order_id,customer_id,ordered_at,amount,currency,code\no1,customer-77,2026-03-27T10:00:00Z,10,EUR,BEATRICE10\no2,customer-77,2026-03-27T11:00:00Z,10,EUR, beatrice10\no3,customer-77,2026-03-27T12:00:00Z,10,EUR,https://www.Shop.example/Cem/\n',
      'customers.csv': 'customer_id,author_id,clv,currency\ncustomer-77,x:ann,5,EUR\n',
      'codes.csv': 'code,author_id,campaign,valid_from,valid_to\nBeatrice10,x:bea,spring,,\n',
      'costs.csv': 'author_id,kind,amount,currency,spent_at\nx:cem,fee,5,EUR,2026-03-01\n',
      'candidates.csv': 'author_id,cost,acceptance\nx:dan,5,0.5\n',
      'identities.csv': 'person_id,author_id\nmaria-schmidt,x:ann\nmaria-schmidt,x:bea\n',
      'optouts.csv': 'author_id,since,reason\n x:cem ,,asked by mail\n',
    },
    [
      'orders: { path: orders.csv, currency: EUR, margin: 0.4 }',
      ...['customers', 'codes', 'costs', 'identities', 'optouts'].map(
        sheet => `${sheet}: { path: ${sheet}.csv }`,
      ),
      'recruitment: { budget: 100 EUR, candidates: { path: candidates.csv } }',
    ],
  );
  await plainNight(worldIn(lake), file, 'shop', '2026-03-28/2026-03-29');
  const found = await staged(
    lake,
    ['stg_orders', 'stg_customers', 'stg_codes', 'stg_costs', 'stg_candidates', 'stg_persons'],
    `SELECT (SELECT DISTINCT customer_id FROM stg_orders) AS buyer,
       (SELECT customer_id || ' ' || author_id FROM stg_customers) AS customer,
       (SELECT author_id FROM stg_codes) AS code, (SELECT author_id FROM stg_costs) AS cost,
       (SELECT author_id FROM stg_candidates) AS candidate,
       (SELECT author_id || ' ' || person_id FROM stg_persons WHERE NOT is_main) AS second_account,
       (SELECT author_id FROM stg_persons WHERE is_opted_out) AS opted_out`,
  );
  expect(found).toEqual([
    {
      buyer: pseudonym('customer:customer-77'),
      customer: `${pseudonym('customer:customer-77')} ${pseudonym('x:ann')}`,
      code: pseudonym('x:bea'),
      cost: pseudonym('x:cem'),
      candidate: pseudonym('x:dan'),
      second_account: `${pseudonym('x:bea')} ${pseudonym('x:ann')}`,
      opted_out: pseudonym('x:cem'),
    },
  ]);
  const redemptions = await published<Record<string, string | null>>(
    lake,
    'shop',
    'SELECT order_id, code, author_id FROM fct_redemptions ORDER BY order_id',
  );
  const [bea, code, link] = ['x:bea', 'code:beatrice10', 'code:shop.example/Cem'].map(pseudonym);
  expect(redemptions).toEqual([
    { order_id: 'o1', code, author_id: bea },
    { order_id: 'o2', code, author_id: bea },
    { order_id: 'o3', code: link, author_id: null },
  ]);
  for (const name of readdirSync(join(lake, 'published', 'shop'), { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(join(name.parentPath, name.name)).toString('latin1');
    for (const id of [...people, 'customer-77', 'maria-schmidt', key]) expect(bytes).not.toContain(id);
    expect(bytes).not.toMatch(/beatrice10|shop[.]example/i);
  }
});

function byId(a: Record<string, string | null>, b: Record<string, string | null>): number {
  return a.message_id! < b.message_id! ? -1 : 1;
}
