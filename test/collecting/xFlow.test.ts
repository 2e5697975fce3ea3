import { describe, expect, it } from 'vitest';
import type { World } from '../../activities/world.ts';
import { realNetworks } from '../../sources/networks.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { token } from './xReading.ts';
import { type ReplayOptions, type XReplay, xReplay } from './xReplay.ts';
import { reached } from './xTruth.ts';
import { xWorld } from './xWorld.ts';

/** A collector against a replay of X API v2, which is not X. */
const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour - hour;

async function withReplay(
  options: Partial<ReplayOptions> & { quota: number },
  act: (it: { replay: XReplay; world: World; file: string }) => Promise<void>,
) {
  const folder = folderOfTest();
  const talk = xWorld({ seed: 21, accounts: 30, posts: 140, to, days: 3 });
  const replay = await xReplay({ world: talk, token, allowed: 100_000, ...options });
  const networks = realNetworks(source => secretsOf(source, { SILLAGE_X_TOKEN: token }));
  try {
    const source = `  - id: x
    type: x
    service: ${replay.service}
    search: [gelato]
    accounts: ["${talk.brand}"]
    refresh: [1d, 2d, 3d, 4d]
    quota: { posts_per_month: ${options.quota} }`;
    await act({ replay, world: { ...worldIn(folder), networks }, file: campaignOf(folder, source) });
  } finally {
    await replay.close();
  }
}

const staged = 'SELECT DISTINCT substr(message_id, 3) AS id FROM stg_rows WHERE NOT is_deleted ORDER BY 1';
const gone = 'SELECT DISTINCT substr(message_id, 3) AS id FROM stg_rows WHERE is_deleted ORDER BY 1';

describe('collecting X, from a replay', () => {
  it('finds all that the search leads to, and nothing else; counts come first', async () => {
    await withReplay({ quota: 100_000 }, async ({ replay, world, file }) => {
      await plainCollect(world, file);
      const truth = [...reached(replay.options.world, 0)].sort();
      expect(truth.length).toBeLessThan(replay.options.world.posts.size);
      const found = await collected<{ id: string }>(world, file, staged);
      expect(found.map(({ id }) => id)).toEqual(truth);
      expect(replay.ledger.asked[0]).toBe('/2/tweets/counts/recent');
    });
  });

  it('forgets what was deleted', async () => {
    await withReplay({ quota: 100_000 }, async ({ replay, world, file }) => {
      await plainCollect(world, file);
      const { posts, remove } = replay.options.world;
      // Of reposts X's own counts tell; they are not read again one by one.
      const isRepost = (id: string) => posts.get(id)!.references.some(({ type }) => type === 'retweeted');
      const ids = [...reached(replay.options.world, 0)].filter(
        (id, place) => place % 5 === 0 && !isRepost(id),
      );
      remove(ids);
      replay.options.aheadSeconds = 86_400;
      const later = { ...world.networks, now: () => new Date(Date.now() + 24 * hour) };
      await plainCollect({ ...world, networks: later }, file);
      const deleted = await collected<{ id: string }>(world, file, gone);
      expect(deleted.map(({ id }) => id)).toEqual(ids.sort());
    });
  });

  it('never spends more posts than the quota has, though it is killed again and again', async () => {
    for (const [quota, least] of [
      [25, 1],
      [150, 2],
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

/** A world in which the collector is killed after some pages, each after it was delivered and before it is kept. */
function dying(world: World, pages: number): World {
  let left = pages;
  const { networks } = world;
  const open: typeof networks.open = (...of) => {
    const living = networks.open(...of);
    return {
      ...living,
      async page(ask) {
        const page = await living.page(ask);
        if (--left < 0) throw new Killed();
        return page;
      },
    };
  };
  return { ...world, networks: { ...networks, open } };
}
