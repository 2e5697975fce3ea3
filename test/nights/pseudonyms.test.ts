import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

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

function byId(a: Record<string, string | null>, b: Record<string, string | null>): number {
  return a.message_id! < b.message_id! ? -1 : 1;
}
