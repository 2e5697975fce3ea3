import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sillage, start } from '../cli/command.ts';
import { published } from '../nights/plain.ts';
import { type BlueskyNetwork, blueskyNetwork } from './blueskyNetwork.ts';
import { Unavailable } from './networkProcess.ts';

// A night of the whole product, from the schedules to the page: a real Bluesky network and exported files in one campaign.

const campaign = `whole-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'sillage-whole-'));
const lake = join(folder, 'lake');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const term = `pistachio${process.pid}`;
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
let network: BlueskyNetwork | undefined;
let reason = '';
beforeAll(async () => {
  try {
    network = await blueskyNetwork();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    reason = error.message;
  }
}, 300_000);

test('schedules collect, run the night, and leave a page that holds both', async ({ skip }) => {
  if (network === undefined) return skip(reason);
  const uris = await talkOn(network);
  const file = campaignFile(network.addresses);
  const env = {
    SILLAGE_LAKE: lake,
    TEMPORAL_ADDRESS: inject('temporal'),
    SILLAGE_QUEUES: `whole-${process.pid}`,
    SILLAGE_CONTACT: 'keeper@example.org',
  };
  const up = start(['up', file, '--json'], env);
  try {
    const [told] = await once(up.stdout!, 'data');
    expect(JSON.parse(String(told)).schedules).toMatchObject([
      { campaign, outcome: 'created', collectors: [{ source: 'bsky', outcome: 'created' }] },
    ]);
    const order = async (...args: string[]) => {
      const { status, stderr } = await sillage(['schedule', 'trigger', campaign, ...args], env);
      expect([status, stderr]).toEqual([0, '']);
    };
    await order('--collecting');
    await until(() => roundsIn(join(lake, 'collected', campaign, 'bsky')));
    await order();
    await until(async () =>
      readdirSync(join(lake, 'reports', campaign)).some(name => name.endsWith('.en.html')),
    );
  } finally {
    up.kill('SIGINT');
    await once(up, 'close');
    const list = await sillage(['schedule', 'apply', withoutSchedules(file)], env);
    expect(list.status).toBe(0);
  }
  const messages = await published<{ id: string; source: string }>(
    lake,
    campaign,
    `SELECT message_id AS id, platform AS source FROM fct_messages ORDER BY message_id`,
  );
  expect(messages.map(({ id }) => id)).toEqual([...uris.map(uri => `bluesky:${uri}`), 'x:1', 'x:2'].sort());
  const [night] = await published<{ verdict: string }>(lake, campaign, 'SELECT verdict FROM dim_night');
  expect(night).toEqual({ verdict: 'complete' });
  const hours = await published<{ source: string; states: string }>(
    lake,
    campaign,
    `SELECT source, string_agg(DISTINCT coalesce(state, 'file'), ' ' ORDER BY coalesce(state, 'file')) AS states
     FROM fct_coverage WHERE query LIKE 'search%' OR source = 'exports' GROUP BY source ORDER BY source`,
  );
  expect(hours).toEqual([
    { source: 'bsky', states: 'covered' },
    { source: 'exports', states: 'file' },
  ]);
  const reports = join(lake, 'reports', campaign);
  const page = readFileSync(
    join(reports, readdirSync(reports).find(name => name.endsWith('.en.html'))!),
    'utf8',
  );
  expect(page).toContain('<html');
  expect(page).toContain('bsky');
}, 240_000);

/** A post about gelato, an answer to it, and a repost of it, all of yesterday. */
async function talkOn(network: BlueskyNetwork): Promise<string[]> {
  const anna = await network.createAccount(`anna${process.pid}`);
  const bert = await network.createAccount(`bert${process.pid}`);
  const create = (collection: string, value: object) => ({
    $type: 'com.atproto.repo.applyWrites#create' as const,
    collection,
    value: { $type: collection, createdAt: `${yesterday}T12:00:00.000Z`, ...value },
  });
  const [post] = await network.applyWrites(anna, [
    create('app.bsky.feed.post', { text: `such ${term} gelato` }),
  ]);
  const answers = await network.applyWrites(bert, [
    create('app.bsky.feed.post', { text: 'yes', reply: { root: post, parent: post } }),
    create('app.bsky.feed.repost', { subject: post }),
  ]);
  await network.processAll();
  return [post, ...answers].map(written => written!.uri);
}

function campaignFile({ appview, plc }: BlueskyNetwork['addresses']): string {
  const row = { platform: 'x', author_id: '7', kind: 'post', text: `${term}!` };
  const rows = [
    { ...row, message_id: '1', created_at: `${yesterday}T10:00:00Z` },
    {
      ...row,
      message_id: '2',
      created_at: `${yesterday}T11:00:00Z`,
      author_id: '8',
      kind: 'reply',
      parent_id: '1',
    },
  ];
  writeFileSync(join(folder, 'talk.ndjson'), rows.map(one => `${JSON.stringify(one)}\n`).join(''));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: Gelato }
privacy: { pseudonymise: false }
schedule: { every: day, at: "04:00Z" }
sources:
  - { id: exports, type: files, format: messages, path: talk.ndjson }
  - { id: bsky, type: bluesky, service: "${appview}", directory: "${plc}", search: [${term}] }
`,
  );
  return file;
}

/** The campaign without schedules and live sources: applied, it takes both from the server. */
function withoutSchedules(file: string): string {
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => !/^schedule:|bluesky/.test(line));
  writeFileSync(file, kept.join('\n'));
  return file;
}

/** Whether a round has asked all that it planned. */
async function roundsIn(folder: string): Promise<boolean> {
  const names = readdirSync(folder).filter(name => name.endsWith('.json'));
  if (names.length < 2) return false;
  await pause(3000);
  const last = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .at(-1)!;
  const { state } = JSON.parse(readFileSync(join(folder, last), 'utf8'));
  return (
    names.length === readdirSync(folder).filter(name => name.endsWith('.json')).length &&
    state.plan.done === state.plan.tasks
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo().catch(() => false)) return;
    await pause(1000);
  }
  throw new Error('it did not come');
}
