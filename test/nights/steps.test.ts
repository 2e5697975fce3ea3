import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NightResult } from '../../contracts/night.ts';
import { nightSteps } from '../../workflows/night.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

const campaign = 'steps';
const interval = '2026-03-02/2026-03-03';

/** Two files of talk: a cascade over both, a reply, a quote. */
function writeCampaign(folder: string): string {
  mkdirSync(join(folder, 'talk'), { recursive: true });
  const rows = [
    { message_id: 'a', author_id: 'ann', kind: 'post' },
    { message_id: 'b', author_id: 'bea', kind: 'reshare', parent_id: 'a' },
    { message_id: 'c', author_id: 'cem', kind: 'quote', parent_id: 'b' },
    { message_id: 'd', author_id: 'bea', kind: 'reply', parent_id: 'a' },
  ];
  const text = (part: object[]) =>
    part
      .map(row => `${JSON.stringify({ platform: 'x', created_at: '2026-03-02T10:00:00Z', ...row })}\n`)
      .join('');
  writeFileSync(join(folder, 'talk/one.ndjson'), text(rows.slice(0, 2)));
  writeFileSync(join(folder, 'talk/two.ndjson'), text(rows.slice(2)));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: B }
privacy: { pseudonymise: false }
sources: [{ id: t, type: files, format: messages, path: "talk/*.ndjson" }]
`,
  );
  return file;
}

const outcomes = (result: NightResult) =>
  Object.fromEntries(result.steps.map(step => [`${step.stage}/${step.step}`, step.outcome]));

it('computes only what depends on a changed file', async () => {
  const folder = temporaryFolder();
  const world = worldIn(join(folder, 'lake'));
  const file = writeCampaign(folder);
  await plainNight(world, file, campaign, interval);
  // The same message again: a duplicate, which changes the books and no message.
  const line = readFileSync(join(folder, 'talk/two.ndjson'), 'utf8').split('\n')[0];
  appendFileSync(join(folder, 'talk/two.ndjson'), `${line}\n`);
  const again = await plainNight(world, file, campaign, interval);
  expect(again.steps.find(step => step.step === 'rows')?.detail).toBe('1 of 2 files read, 1 known');
  expect(outcomes(again)).toEqual({
    'conversations/collect': 'computed',
    'conversations/rows': 'computed',
    'conversations/sheets': 'reused',
    'conversations/pseudonyms': 'reused',
    'conversations/lists': 'computed',
    'conversations/messages': 'computed',
    'conversations/authors': 'reused',
    'cascades/forest': 'reused',
    'cascades/tables': 'reused',
    'authenticity/coordination': 'reused',
    'authenticity/tables': 'reused',
    'influence/ties': 'reused',
    'influence/network': 'reused',
    'influence/tables': 'reused',
    'interests/topics': 'reused',
    'interests/words': 'reused',
    'interests/lexicon': 'reused',
    'interests/talk': 'reused',
    'interests/people': 'reused',
    'interests/tables': 'reused',
    'personas/features': 'reused',
    'personas/groups': 'reused',
    'personas/tables': 'reused',
    'recruitment/candidates': 'reused',
    'recruitment/plan': 'reused',
    'recruitment/tables': 'reused',
    'incentives/redemptions': 'reused',
    'incentives/ledger': 'reused',
    'incentives/tables': 'reused',
    'returns/value': 'reused',
    'returns/credit': 'reused',
    'returns/designs': 'reused',
    'returns/tables': 'reused',
    'publish/quality': 'computed',
    'report/page': 'computed',
  });
  expect(again.published?.outcome).toBe('published');
});

it('reads a file that has only moved no second time', async () => {
  const folder = temporaryFolder();
  const world = worldIn(join(folder, 'lake'));
  const file = writeCampaign(folder);
  await plainNight(world, file, campaign, interval);
  writeFileSync(join(folder, 'talk/three.ndjson'), readFileSync(join(folder, 'talk/one.ndjson')));
  const again = await plainNight(world, file, campaign, interval);
  expect(again.steps.find(step => step.step === 'rows')?.detail).toBe('0 of 3 files read, 3 known');
  const books = await published<{ measure: string; value: number }>(
    join(folder, 'lake'),
    campaign,
    "SELECT measure, value FROM fct_quality WHERE source = 't' AND measure IN ('rows_read', 'staged', 'duplicates') ORDER BY measure",
  );
  expect(books).toEqual([
    { measure: 'duplicates', value: 2 },
    { measure: 'rows_read', value: 6 },
    { measure: 'staged', value: 4 },
  ]);
});

it('counts the same content once a place, whatever the names end with', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  writeFileSync(file, readFileSync(file, 'utf8').replace('talk/*.ndjson', 'talk/*'));
  writeFileSync(join(folder, 'talk/copy.json'), readFileSync(join(folder, 'talk/one.ndjson')));
  await plainNight(worldIn(lake), file, campaign, interval);
  const books = await published<{ measure: string; value: number }>(
    lake,
    campaign,
    "SELECT measure, value FROM fct_quality WHERE source = 't' AND measure IN ('rows_read', 'staged', 'duplicates') ORDER BY measure",
  );
  expect(books.map(book => book.value)).toEqual([2, 6, 4]);
});

it('--force computes again, compares and leaves nothing', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  await plainNight(worldIn(lake), file, campaign, interval);
  const files = () => readdirSync(join(lake, 'tables'), { recursive: true }).sort();
  const before = files();
  const forced = await plainNight(worldIn(lake), file, campaign, interval, { scope: { force: true } });
  const verified = forced.steps.filter(step => step.outcome === 'verified');
  // The lists of what lies there are taken anew in every run: there is nothing to compare.
  expect(verified).toHaveLength(nightSteps - 1);
  expect(forced.published?.outcome).toBe('unchanged');
  expect(files()).toEqual(before);
});

it('--force names a step that comes out different, and what is committed stays', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  await plainNight(worldIn(lake), file, campaign, interval);
  // A record that says other bytes than the step gives: as if the step had not been deterministic.
  const records = join(lake, 'steps', campaign, 'influence', 'ties');
  const record = join(records, readdirSync(records)[0]!);
  const text = readFileSync(record, 'utf8').replace(/"rows": \d+,\n\s+"sha256": "[0-9a-f]{4}/, part =>
    part.replace(/[0-9a-f]{4}$/, 'ffff'),
  );
  writeFileSync(record, text);
  await expect(
    plainNight(worldIn(lake), file, campaign, interval, { scope: { force: true } }),
  ).rejects.toThrow(/influence\/ties is not deterministic/);
  expect(readFileSync(record, 'utf8')).toBe(text);
});

it('--only runs one stage and publishes nothing; --from needs what comes before', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  const ask = (scope: object) => plainNight(worldIn(lake), file, campaign, interval, { scope });
  await expect(ask({ from: 'influence' })).rejects.toThrow(/needs conversations\/rows/);
  const first = await ask({ only: 'conversations' });
  expect(first.published).toBeUndefined();
  expect(first.steps.map(step => step.stage)).toEqual(Array(7).fill('conversations'));
  const second = await ask({ only: 'cascades' });
  expect(second.steps.slice(-2).map(step => [step.stage, step.outcome])).toEqual([
    ['cascades', 'computed'],
    ['cascades', 'computed'],
  ]);
  await ask({ only: 'authenticity' });
  const rest = await ask({ from: 'influence' });
  expect(rest.published?.outcome).toBe('published');
  expect(new Set(rest.steps.slice(0, 11).map(step => step.outcome))).toEqual(new Set(['reused']));
});

it('rerun takes the files that its run had, run those that lie there now', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  const name = `${campaign}_2026-03-02_2026-03-03_1`;
  await plainNight(worldIn(lake), file, campaign, interval, { run: name });
  appendFileSync(
    join(folder, 'talk/two.ndjson'),
    '{"platform":"x","message_id":"e","author_id":"eve","created_at":"2026-03-02T11:00:00Z","kind":"post"}\n',
  );
  const pinned = await plainNight(worldIn(lake), file, campaign, interval, { pinned: name });
  expect(pinned.published?.outcome).toBe('unchanged');
  const now = await plainNight(worldIn(lake), file, campaign, interval);
  expect(now.published?.tables.find(table => table.table === 'fct_messages')?.rows).toBe(5);
});

it('two attempts at once are harmless: one commit, one set of files', async () => {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = writeCampaign(folder);
  const nights = await Promise.all([1, 2, 3].map(() => plainNight(worldIn(lake), file, campaign, interval)));
  const versions = new Set(nights.map(night => night.published?.version));
  expect(versions.size).toBe(1);
  expect(nights.map(night => night.published?.outcome).sort()).toEqual([
    'published',
    'unchanged',
    'unchanged',
  ]);
  expect(readdirSync(join(lake, '_log'))).toHaveLength(1);
  expect(await published(lake, campaign, 'SELECT count(*)::INT AS n FROM fct_messages')).toEqual([{ n: 4 }]);
  expect(readdirSync(join(lake, 'scratch'))).toEqual([]);
});
