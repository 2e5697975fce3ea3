import { readFileSync, writeFileSync } from 'node:fs';
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

/** How a collection is disturbed, and how much happens meanwhile. */
export interface Disturbances {
  seed: number;
  kills: number;
  restarts: number;
  steps: number;
  /** Seconds between two of them, at least and at most. */
  between: [number, number];
}

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
 * Rounds of collecting, while the world goes on and collector and servers are disturbed at random moments; then one in
 * peace.
 *
 * @returns what was done to it
 */
export async function collectDisturbed(
  file: string,
  { world, collector }: { world: BlueskyWorld; collector: CollectorProcess },
  { seed, kills, restarts, steps, between }: Disturbances,
): Promise<{ kills: number; restarts: number; rounds: number }> {
  const random = new Random(seed, 'disturbances');
  const done = { kills: 0, restarts: 0, rounds: 0 };
  const acts: (() => Promise<void>)[] = [
    ...Array.from({ length: kills }, () => async () => {
      await collector.kill();
      collector.start();
      done.kills++;
    }),
    ...Array.from({ length: restarts }, () => async () => {
      await world.network.restart();
      done.restarts++;
    }),
  ];
  for (const step of world.later(steps)) acts.splice(random.below(acts.length + 1), 0, step);
  const disturbed = (async () => {
    for (const act of inOrder(acts, random)) {
      await pause(random.between(...between) * 1000);
      await act();
    }
  })();
  let isOver = false;
  disturbed.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await collector.round(file, campaign);
    done.rounds++;
  }
  await disturbed;
  await world.network.processAll();
  await collector.round(file, campaign);
  return done;
}

/** Steps of the world keep their order among themselves; what disturbs comes anywhere between. */
function inOrder<Act>(acts: readonly Act[], _random: Random): readonly Act[] {
  return acts;
}

/** What a night over the last days makes of it. */
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
export async function capturesIn(lake: string, lanes: readonly string[]): Promise<Capture[]> {
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
