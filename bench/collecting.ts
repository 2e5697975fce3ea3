import { parseArgs } from 'node:util';
import { AtpAgent } from '@atproto/api';
import type { QueryKind } from '../contracts/collection.ts';
import { blueskySource } from '../contracts/liveSources.ts';
import { openBluesky } from '../sources/bluesky/blueskySource.ts';
import { politeClient } from '../sources/http/politeClient.ts';
import { secretsOf } from '../sources/secrets.ts';
import { blueskyPages } from './blueskyPages.ts';
import { cpuSecondsSoFar } from './measure.ts';

/**
 * What it costs to ask Bluesky through the source, without keeping anything, against a bare loop of the platform's own
 * client (@atproto/api) over the same pages of a real network on this machine.
 *
 * node_modules/.bin/node bench/collecting.ts [--posts 6000] [--times 7]
 *
 * Both ways take turns, and each goes first as often as the other; the ratio is that of each turn, the middle one told.
 * The report is Markdown on stdout. Processor time is this process's alone, the servers have theirs.
 */

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '6000' }, times: { type: 'string', default: '7' } },
});
const [posts, times] = [Number(values.posts), Number(values.times)];

interface Use {
  pages: number;
  posts: number;
  seconds: number;
  cpuSeconds: number;
}

const network = await blueskyPages(posts);
const client = politeClient();
const agent = new AtpAgent({ service: network.service });
const signal = new AbortController().signal;
const span = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

/** The loop that a reader of the library's manual would write. */
const bare: Record<string, (cursor: string | undefined) => Promise<[number, string | undefined]>> = {
  search: async cursor => {
    const { data } = await agent.app.bsky.feed.searchPosts({
      q: 'gelato',
      sort: 'latest',
      limit: 100,
      cursor,
    });
    return [data.posts.length, data.cursor];
  },
  account: async cursor => {
    const actor = network.did;
    const filter = 'posts_with_replies';
    const { data } = await agent.app.bsky.feed.getAuthorFeed({ actor, filter, limit: 100, cursor });
    return [data.feed.length, data.cursor];
  },
};

async function timed(
  page: (cursor: string | undefined) => Promise<[number, string | undefined]>,
): Promise<Use> {
  const use: Use = { pages: 0, posts: 0, seconds: 0, cpuSeconds: 0 };
  const [started, cpu] = [performance.now(), cpuSecondsSoFar()];
  let cursor: string | undefined;
  do {
    const [count, next] = await page(cursor);
    use.pages += 1;
    use.posts += count;
    cursor = next;
  } while (cursor !== undefined);
  return { ...use, seconds: (performance.now() - started) / 1000, cpuSeconds: cpuSecondsSoFar() - cpu };
}

function throughSource(kind: QueryKind, subject: string): Promise<Use> {
  const settings = {
    ...blueskySource.parse({ type: 'bluesky', service: network.service, directory: network.directory }),
    id: 'bench',
  };
  const source = openBluesky(settings, { client, secrets: secretsOf('bench', {}), accounts: [] });
  const query = { kind, label: kind, subjects: [subject] };
  return timed(async cursor => {
    const page = await source.page({ query, span, cursor, resume: undefined, signal });
    return [page.posts, page.next];
  });
}

const middle = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

try {
  console.log(
    '| pages | posts | bare, s | processor s | source, s | processor s | source / bare | by processor |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
  for (const [kind, subject] of [
    ['search', 'gelato'],
    ['account', network.did],
  ] as const) {
    const turns: { ours: Use; theirs: Use }[] = [];
    for (let turn = 0; turn <= times; turn++) {
      const isOursFirst = turn % 2 === 0;
      const early = isOursFirst ? await throughSource(kind, subject) : undefined;
      const theirs = await timed(bare[kind]!);
      const ours = early ?? (await throughSource(kind, subject));
      if (ours.posts !== posts || theirs.posts !== posts) throw new Error('a way has lost posts');
      // The first turn meets nothing ready.
      if (turn > 0) turns.push({ ours, theirs });
    }
    const of = (pick: (turn: { ours: Use; theirs: Use }) => number) => middle(turns.map(pick)).toFixed(2);
    const cells = [
      `${kind}, ${turns[0]!.ours.pages}`,
      String(posts),
      of(({ theirs }) => theirs.seconds),
      of(({ theirs }) => theirs.cpuSeconds),
      of(({ ours }) => ours.seconds),
      of(({ ours }) => ours.cpuSeconds),
      of(({ ours, theirs }) => ours.seconds / theirs.seconds),
      of(({ ours, theirs }) => ours.cpuSeconds / theirs.cpuSeconds),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  await client.close();
  network.end();
}
