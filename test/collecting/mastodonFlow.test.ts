import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Random } from '../../tools/sample/random.ts';
import { sillage, start } from '../cli/command.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { committed } from '../sample/talkOfNight.ts';
import { type MastodonMock, mastodonMock, mock } from './mastodonMock.ts';
import { MastodonWorld, people } from './mastodonWorld.ts';
import { collected } from './plain.ts';
import type { TrueCascade, TrueMessage } from './worldTruth.ts';

const missing = 'missing' in mock ? mock.missing : undefined;
const folder = mkdtempSync(join(tmpdir(), 'sillage-mastodon-flow-'));
const lake = join(folder, 'lake');
const campaign = 'gelateria';
const day = 86_400_000;
let instances: [MastodonMock, MastodonMock];

beforeAll(async () => {
  if (missing === undefined)
    instances = await Promise.all([mastodonMock([...people[0]]), mastodonMock([...people[1]])]);
});
afterAll(async () => {
  for (const instance of instances ?? []) await instance.stop();
  rmSync(folder, { recursive: true, force: true });
});

function campaignFile({ hashtag, brand, account }: MastodonWorld['followed']): string {
  const file = join(folder, 'campaign.yaml');
  // Every minute is an age at which messages are read again, so that deletions are found soon.
  const ages = Array.from({ length: 20 }, (_, minute) => `${minute + 1}m`);
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: Gelateria, accounts: ["mastodon:${brand}"] }
privacy: { pseudonymise: false }
forwarders: { when_unknown: root }
sources:
  - id: talk
    type: mastodon
    instances: [${instances.map(({ url }) => `"${url}"`).join(', ')}]
    hashtags: [${hashtag}]
    accounts: ["${account}"]
    refresh: [${ages.join(', ')}]
`,
  );
  return file;
}

function environment(): Record<string, string> {
  const tokens = instances.map(({ host, tokenOf }, place) => [
    `SILLAGE_TALK_TOKEN_${host.replace(/[.:]/g, '_')}`,
    tokenOf(people[place]![3]),
  ]);
  return {
    ...Object.fromEntries(tokens),
    SILLAGE_LAKE: lake,
    SILLAGE_QUEUES: `mastodon-flow-${process.pid}`,
    SILLAGE_HEARTBEAT_SECONDS: '2',
    TEMPORAL_ADDRESS: inject('temporal'),
  };
}

/** Collects, and is killed so many times; @returns how many of them hit it at work. */
async function collectKilled(file: string, random: Random, kills: number): Promise<number> {
  let hit = 0;
  for (let kill = 0; kill < kills; kill++) {
    const child = start(['collect', file], environment());
    const ended = once(child, 'exit');
    await Promise.race([pause(random.between(900, 2500)), ended]);
    if (child.exitCode === null) hit += 1;
    child.kill('SIGKILL');
    await ended;
  }
  return hit;
}

async function collect(file: string): Promise<void> {
  const { status, stderr } = await sillage(['collect', file], environment());
  expect(status, stderr).toBe(0);
}

const native = (column: string) => `substr(${column}, ${'mastodon:'.length + 1})`;
const deleted = `SELECT DISTINCT ${native('message_id')} AS id FROM stg_rows WHERE is_deleted`;
const rows = <Row>(sql: string) => committed<Row>(lake, campaign, sql);
const staged = () =>
  rows<TrueMessage>(`SELECT ${native('message_id')} AS id, ${native('author_id')} AS author, kind,
    strftime(created_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS created_at, ${native('parent_id')} AS parent,
    ${native('root_id')} AS root, reply_to_id AS reply_to, via_id AS via FROM stg_messages ORDER BY 1`);

async function night(file: string): Promise<void> {
  const today = Math.floor(Date.now() / day) * day;
  const text = (time: number) => new Date(time).toISOString().slice(0, 10);
  await plainNight(worldIn(lake), file, campaign, `${text(today)}/${text(today + day)}`);
}

test('a mock of Mastodon, two instances of it, is collected whole though the collector is killed', async ({
  skip,
}) => {
  skip(missing !== undefined, missing);
  const world = new MastodonWorld(instances, 5);
  await world.write(110, 5 * day);
  const file = campaignFile(world.followed);
  const random = new Random(5, 'kills');
  const hit = await collectKilled(file, random, 3);
  await instances[1].restart();
  await collect(file);
  const since = Date.now() - 30_000;
  await world.write(40, 25_000);
  await collect(file);
  await world.remove(8, since);
  await collectKilled(file, random, 2);
  const { messages, gone, cascades } = world.truth();
  expect([hit > 0, gone.length >= 8, messages.length < world.size - gone.length]).toEqual([true, true, true]);
  // A round finds those that have come of the next age meanwhile.
  for (let round = 0, left = gone; left.length > 0 && round < 20; round++) {
    await collect(file);
    const told = await collected<{ id: string }>(worldIn(lake), file, deleted);
    left = gone.filter(id => !told.some(one => one.id === id));
    if (left.length > 0) await pause(5000);
  }
  await night(file);
  expect(await staged()).toEqual(messages);
  const trees = `SELECT ${native('root_id')} AS root, CAST(size AS INTEGER) AS size,
    coalesce(max_depth, 0) AS depth FROM fct_cascades ORDER BY 1`;
  expect(await rows<TrueCascade>(trees)).toEqual(cascades);
});
