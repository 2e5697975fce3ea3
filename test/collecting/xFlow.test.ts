import { describe, expect, it } from 'vitest';
import type { World } from '../../activities/world.ts';
import { realNetworks } from '../../sources/networks.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { token } from './xReading.ts';
import { type ReplayOptions, type XReplay, xReplay } from './xReplay.ts';
import { xWorld } from './xWorld.ts';

/** A collector against a replay of X API v2, which is not X. */
const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour - hour;

async function withReplay(
  options: Partial<ReplayOptions> & { quota: number },
  act: (it: { replay: XReplay; world: World; file: string }) => Promise<void>,
) {
  const folder = folderOfTest();
  const talk = xWorld({ seed: 21, accounts: 30, posts: 90, to, days: 3 });
  const replay = await xReplay({ world: talk, token, allowed: 100_000, ...options });
  const networks = realNetworks(source => secretsOf(source, { SILLAGE_X_TOKEN: token }));
  try {
    const source = `  - id: x
    type: x
    service: ${replay.service}
    search: [gelato]
    accounts: ["${talk.brand}"]
    quota: { posts_per_month: ${options.quota} }`;
    await act({ replay, world: { ...worldIn(folder), networks }, file: campaignOf(folder, source) });
  } finally {
    await replay.close();
  }
}

describe('collecting X, from a replay', () => {
  it('never spends more posts than the quota has, though it is killed again and again', async () => {
    for (const [quota, least] of [
      [25, 1],
      [120, 2],
    ] as const) {
      await withReplay({ quota }, async ({ replay, world, file }) => {
        let kills = 0;
        for (let isDone = false; !isDone && kills < 40; ) {
          isDone = await plainCollect(dying(world, 1 + kills), file).then(
            () => true,
            error => {
              if (!(error instanceof Killed)) throw error;
              kills++;
              return false;
            },
          );
        }
        expect(kills).toBeGreaterThanOrEqual(least);
        expect(replay.ledger.delivered).toBeLessThanOrEqual(quota);
        expect(replay.ledger.billed).toBeLessThanOrEqual(replay.ledger.delivered);
        if (quota > 100) expect(replay.ledger.delivered).toBeGreaterThan(quota / 4);
        const outcomes = await collected<{ outcome: string }>(
          world,
          file,
          "SELECT DISTINCT outcome FROM stg_outcomes WHERE kind IN ('search', 'account', 'thread', 'refresh')",
        );
        expect(outcomes.map(({ outcome }) => outcome)).toContain('limited');
      });
    }
  });
});

class Killed extends Error {}

/** A world in which the collector is killed when it keeps something for the so-manieth time, just before that is durable. */
function dying(world: World, keeps: number): World {
  let left = keeps;
  const commit: World['lake']['commit'] = async (...of) => {
    if (of[0].startsWith('collected/') && --left < 0) throw new Killed();
    return world.lake.commit(...of);
  };
  return { ...world, lake: { ...world.lake, commit } };
}
