import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { Random } from '../../tools/sample/random.ts';
import { sillage, start } from '../cli/command.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { committed } from '../sample/talkOfNight.ts';
import { type MastodonMock, mastodonMock } from './mastodonMock.ts';
import { MastodonWorld, people } from './mastodonWorld.ts';
import { collected } from './plain.ts';
import type { TrueCascade, TrueMessage } from './worldTruth.ts';

/** How much is written, and how often what is disturbed. */
export interface MastodonFlow {
  seed: number;
  /** Messages that are there before the campaign, and that are written after its first round. */
  before: number;
  later: number;
  removed: number;
  /** `kill -9` of the collector, and of an instance meanwhile. */
  kills: number;
  restarts: number;
}

const campaign = 'gelateria';
const day = 86_400_000;
const native = (column: string) => `substr(${column}, ${'mastodon:'.length + 1})`;
const staged = `SELECT ${native('message_id')} AS id, ${native('author_id')} AS author, kind,
  strftime(created_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS created_at, ${native('parent_id')} AS parent,
  ${native('root_id')} AS root, reply_to_id AS reply_to, via_id AS via FROM stg_messages ORDER BY 1`;
const deleted = `SELECT DISTINCT ${native('message_id')} AS id FROM stg_rows WHERE is_deleted`;
const trees = `SELECT ${native('root_id')} AS root, CAST(size AS INTEGER) AS size,
  coalesce(max_depth, 0) AS depth FROM fct_cascades ORDER BY 1`;

/**
 * Has the real command collect a world on two instances of the mock, killed at random moments and started again, while
 * instances go and come, messages are written and deleted; then compares what a night makes of it with the truth.
 */
export async function collectsWhole(flow: MastodonFlow): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-mastodon-flow-'));
  const lake = join(folder, 'lake');
  const instances = await Promise.all([mastodonMock([...people[0]]), mastodonMock([...people[1]])]);
  try {
    const random = new Random(flow.seed, 'disturbances');
    const world = new MastodonWorld(instances, flow.seed);
    await world.write(flow.before, 5 * day);
    const file = campaignFile(folder, world.followed, instances);
    const env = environment(lake, instances);
    const collect = async () => {
      const { status, stderr } = await sillage(['collect', file], env);
      expect(status, stderr).toBe(0);
    };
    let restarts = 0;
    let kills = 0;
    for (let kill = 0; kill < flow.kills; kill++) {
      const child = start(['collect', file], env);
      const ended = once(child, 'exit');
      // A moment after it kept something, so that it is hit at work.
      const before = entriesIn(lake);
      while (child.exitCode === null && entriesIn(lake) === before) await pause(20);
      if (restarts * flow.kills < kill * flow.restarts) await instances[restarts++ % 2]!.restart();
      await Promise.race([pause(random.between(0, 800)), ended]);
      if (child.exitCode === null) kills += 1;
      child.kill('SIGKILL');
      await ended;
    }
    expect(kills).toBeGreaterThan(0);
    while (restarts < flow.restarts) await instances[restarts++ % 2]!.restart();
    await collect();
    const since = Date.now() - 60_000;
    await world.write(flow.later, 50_000, 35_000);
    await collect();
    await world.remove(flow.removed, since);
    const { messages, gone, cascades } = world.truth();
    expect(gone.length).toBeGreaterThanOrEqual(flow.removed);
    expect(world.size).toBeGreaterThan(messages.length + gone.length);
    // Each round finds those that have come of the next age meanwhile.
    for (let round = 0, left = gone; left.length > 0 && round < 30; round++) {
      await pause(3000);
      await collect();
      const told = new Set(
        (await collected<{ id: string }>(worldIn(lake), file, deleted)).map(({ id }) => id),
      );
      left = gone.filter(id => !told.has(id));
    }
    await night(lake, file);
    expect(await committed<TrueMessage>(lake, campaign, staged)).toEqual(messages);
    expect(await committed<TrueCascade>(lake, campaign, trees)).toEqual(cascades);
  } finally {
    for (const instance of instances) await instance.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function campaignFile(
  folder: string,
  { hashtag, brand, account }: MastodonWorld['followed'],
  instances: readonly MastodonMock[],
): string {
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

/** How many entries the logs of captures have. */
function entriesIn(lake: string): number {
  return globSync('collected/**/*.json', { cwd: lake }).length;
}

function environment(lake: string, instances: readonly MastodonMock[]): Record<string, string> {
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

async function night(lake: string, file: string): Promise<void> {
  const today = Math.floor(Date.now() / day) * day;
  const text = (time: number) => new Date(time).toISOString().slice(0, 10);
  await plainNight(worldIn(lake), file, campaign, `${text(today)}/${text(today + day)}`);
}
