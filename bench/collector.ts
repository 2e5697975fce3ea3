import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AtpAgent } from '@atproto/api';
import { collectingActivities } from '../activities/collecting/activities.ts';
import type { World } from '../activities/world.ts';
import { duckdbEngine } from '../engine/duckdb.ts';
import { folderLake } from '../lake/folder.ts';
import { realNetworks } from '../sources/networks.ts';
import { secretsOf } from '../sources/secrets.ts';
import { collectRound } from '../workflows/collectRound.ts';
import { blueskyPages } from './blueskyPages.ts';
import { endlessTalk } from './endlessTalk.ts';
import { cpuSecondsSoFar } from './measure.ts';

/**
 * What collecting costs, every page and cursor durable, against a bare loop of the platform's own client over the same
 * pages of a real Bluesky network; and whether its memory stays flat over a million posts of a replay.
 *
 * node_modules/.bin/node bench/collector.ts [--posts 6000] [--times 5] [--flat 1000000]
 */

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '6000' },
    times: { type: 'string', default: '5' },
    flat: { type: 'string', default: '1000000' },
  },
});
const [posts, times, flat] = [values.posts, values.times, values.flat].map(Number) as [
  number,
  number,
  number,
];

interface Use {
  posts: number;
  seconds: number;
  cpuSeconds: number;
}

async function timed(act: () => Promise<number>): Promise<Use> {
  const [started, cpu] = [performance.now(), cpuSecondsSoFar()];
  const count = await act();
  return { posts: count, seconds: (performance.now() - started) / 1000, cpuSeconds: cpuSecondsSoFar() - cpu };
}

/** A fresh lake, and a campaign that asks one question of the service. */
async function inLake<T>(service: string, work: (world: World, file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-bench-'));
  const file = join(folder, 'campaign.yaml');
  const source = `{ id: bsky, type: bluesky, service: "${service}", search: [gelato], lookback: 2000d }`;
  writeFileSync(file, `campaign: bench\nbrand: { name: Gelato }\nsources:\n  - ${source}\n`);
  const signal = new AbortController().signal;
  const world: World = {
    lake: folderLake(join(folder, 'lake')),
    engine: duckdbEngine({ memoryBytes: 1e9, threads: 2, spillBytes: 1e10 }),
    codeVersion: 'bench',
    pseudonymKey: 'a key of the measurement',
    attempt: () => ({ signal, progress: () => undefined }),
    networks: realNetworks(id => secretsOf(id, {})),
  };
  try {
    return await work(world, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function asked(world: World, file: string): Promise<Use> {
  const act = collectingActivities(world);
  const collection = await act.openCollection({ file, campaign: 'bench' });
  const lane = collection.lanes[0]!;
  await act.planCollection({ collection, lane, isFirst: true });
  return timed(async () => {
    let count = 0;
    for (let isOver = false; !isOver; ) {
      const turn = await act.askNetwork({ collection, lane });
      count += turn.posts;
      isOver = turn.isOver;
    }
    return count;
  });
}

function whole(world: World, file: string): Promise<Use> {
  return timed(async () => {
    const around = { refusal: () => undefined, pause: async () => undefined };
    const { lanes } = await collectRound({ file, campaign: 'bench' }, collectingActivities(world), around);
    return lanes[0]!.posts;
  });
}

async function cost(): Promise<void> {
  const network = await blueskyPages(posts);
  const agent = new AtpAgent({ service: network.service });
  const bare = () =>
    timed(async () => {
      let count = 0;
      let cursor: string | undefined;
      do {
        const { data } = await agent.app.bsky.feed.searchPosts({
          q: 'gelato',
          sort: 'latest',
          limit: 100,
          cursor,
        });
        count += data.posts.length;
        cursor = data.cursor;
      } while (cursor !== undefined);
      return count;
    });
  try {
    const turns: { bare: Use; asked: Use; whole: Use }[] = [];
    for (let turn = 0; turn <= times; turn++) {
      const early = turn % 2 === 0 ? await inLake(network.service, asked) : undefined;
      const theirs = await bare();
      const ours = early ?? (await inLake(network.service, asked));
      const round = await inLake(network.service, whole);
      if (ours.posts !== posts || theirs.posts !== posts) throw new Error('a way has lost posts');
      if (turn > 0) turns.push({ bare: theirs, asked: ours, whole: round });
    }
    const middle = (pick: (turn: (typeof turns)[number]) => number) =>
      turns
        .map(pick)
        .sort((a, b) => a - b)
        [Math.floor(turns.length / 2)]!.toFixed(2);
    console.log('| way | seconds | processor s | seconds / bare | processor / bare |\n|---|--:|--:|--:|--:|');
    for (const way of ['bare', 'asked', 'whole'] as const) {
      const cells = [
        {
          bare: "@atproto/api's loop",
          asked: 'pages and cursors durable',
          whole: 'the whole round, read and planned',
        }[way],
        middle(turn => turn[way].seconds),
        middle(turn => turn[way].cpuSeconds),
        middle(turn => turn[way].seconds / turn.bare.seconds),
        middle(turn => turn[way].cpuSeconds / turn.bare.cpuSeconds),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    network.end();
  }
}

async function memory(): Promise<void> {
  const talk = await endlessTalk(flat);
  try {
    await inLake(talk.service, async (world, file) => {
      const act = collectingActivities(world);
      const collection = await act.openCollection({ file, campaign: 'bench' });
      const lane = collection.lanes[0]!;
      await act.planCollection({ collection, lane, isFirst: true });
      console.log('| posts | resident MB |\n|--:|--:|');
      let told = 0;
      const watch = setInterval(() => {
        if (talk.served() < told + flat / 20) return;
        told = talk.served();
        console.log(`| ${told} | ${Math.round(process.memoryUsage.rss() / 1e6)} |`);
      }, 50);
      for (let isOver = false; !isOver; ) ({ isOver } = await act.askNetwork({ collection, lane }));
      clearInterval(watch);
    });
  } finally {
    talk.end();
  }
}

if (times > 0) await cost();
if (flat > 0) await memory();
