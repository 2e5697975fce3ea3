import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import { rawKey } from '../../activities/rawKey.ts';
import type { Capture } from '../../contracts/collection.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { folderLake } from '../../lake/folder.ts';
import { Random } from '../../tools/sample/random.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { committed } from '../sample/talkOfNight.ts';
import type { BlueskyWorld } from './blueskyWorld.ts';
import type { CollectorProcess } from './collectorProcess.ts';
import { term } from './worldPlan.ts';
import type { TrueCascade, TrueMessage } from './worldTruth.ts';

export const campaign = 'gelatoria';

/** How a collection is disturbed, and in how many steps the world goes on meanwhile. */
export interface Disturbances {
  seed: number;
  kills: number;
  restarts: number;
  steps: number;
  /** How often the collector has kept something between two of them, at most. */
  apart: number;
}

/** Logs of the campaign's only source. */
const lanes = ['bsky', 'bsky@stream'];

/** Writes the campaign file for a world. */
export function campaignFile(folder: string, world: BlueskyWorld): string {
  const { appview, plc } = world.network.addresses;
  const [brand, ...accounts] = world.followed;
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: Gelatoria, accounts: ["bluesky:${brand}"] }
privacy: { pseudonymise: false }
forwarders: { when_unknown: root }
sources:
  - id: bsky
    type: bluesky
    service: ${appview}
    directory: ${plc}
    search: [${term}]
    accounts: [${accounts.map(did => `"${did}"`).join(', ')}]
    stream: ${world.network.firehose}
`,
  );
  return file;
}

/**
 * Rounds of collecting, while the world goes on and collector and servers are disturbed; then one in peace. Whatever
 * happens does so a random moment after the collector has kept something, so that it is always met at work.
 *
 * @returns what was done to it
 */
export async function collectDisturbed(
  file: string,
  { world, collector, lake }: { world: BlueskyWorld; collector: CollectorProcess; lake: string },
  { seed, kills, restarts, steps, apart }: Disturbances,
): Promise<{ kills: number; restarts: number }> {
  const random = new Random(seed, 'disturbances');
  const done = { kills: 0, restarts: 0 };
  const kill = async () => {
    await collector.kill();
    collector.start();
    done.kills++;
  };
  const restart = async () => {
    await world.network.restart();
    done.restarts++;
  };
  const acts = [...world.later(steps)];
  // What disturbs comes anywhere between the steps of the world, which keep their order.
  for (const act of [...Array(kills).fill(kill), ...Array(restarts).fill(restart)]) {
    acts.splice(random.below(acts.length + 1), 0, act);
  }
  let isOver = false;
  const disturbing = (async () => {
    try {
      for (const act of acts) {
        await progress(lake, 1 + random.below(apart));
        await pause(random.between(0, 800));
        await act();
      }
    } finally {
      isOver = true;
    }
  })();
  const collecting = (async () => {
    while (!isOver) await collector.round(file, campaign);
  })();
  await Promise.all([disturbing, collecting]);
  await world.network.processAll();
  await collector.round(file, campaign);
  return done;
}

/** Returns when the collector has kept something so many times more. */
async function progress(lake: string, times: number): Promise<void> {
  const kept = () => globSync(`collected/${campaign}/*/*.json`, { cwd: lake }).length;
  for (const enough = kept() + times; kept() < enough; ) await pause(50);
}

/** Makes a night of what was collected; it ends with today, because some of it is minutes old. */
export async function nightOf(file: string, lake: string): Promise<void> {
  const day = 86_400_000;
  const today = Math.floor(Date.now() / day) * day;
  const text = (time: number) => new Date(time).toISOString().slice(0, 10);
  await plainNight(worldIn(lake), file, campaign, `${text(today)}/${text(today + day)}`);
}

const native = (column: string) => `substr(${column}, ${'bluesky:'.length + 1})`;

export function stagedMessages(lake: string): Promise<TrueMessage[]> {
  return committed<TrueMessage>(
    lake,
    campaign,
    `SELECT ${native('message_id')} AS id, ${native('author_id')} AS author, kind,
       strftime(created_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS created_at,
       ${native('parent_id')} AS parent, ${native('root_id')} AS root, ${native('reply_to_id')} AS reply_to, ${native('via_id')} AS via
     FROM stg_messages ORDER BY 1`,
  );
}

export function publishedCascades(lake: string): Promise<TrueCascade[]> {
  return committed<TrueCascade>(
    lake,
    campaign,
    `SELECT ${native('root_id')} AS root, CAST(size AS INTEGER) AS size, max_depth AS depth FROM fct_cascades ORDER BY 1`,
  );
}

/** All captures that were kept, in the order of their logs. */
export async function capturesIn(lake: string): Promise<Capture[]> {
  const captures: Capture[] = [];
  for (const lane of lanes) {
    for await (const { segment } of captureLog(folderLake(lake), campaign, lane).entries()) {
      if (segment === undefined) continue;
      const text = zstdDecompressSync(readFileSync(join(lake, rawKey(segment.sha256)))).toString();
      for (const line of text.split('\n').filter(line => line !== ''))
        captures.push(JSON.parse(line) as Capture);
    }
  }
  return captures;
}
