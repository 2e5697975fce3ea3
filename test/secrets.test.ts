import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { collectionId } from '../collecting.ts';
import { sillage } from './cli/command.ts';
import { campaignOf, folderOfTest } from './collecting/plain.ts';
import { suiteServer } from './nights/underTemporal.ts';
import { type Asked, type Reply, scriptedServer } from './sources/faultServer.ts';

/** Secrets in which every spelling differs from the others. */
const canaries = {
  SILLAGE_SKY_PASSWORD: 'canary "sky" & <sun>',
  SILLAGE_ELEPHANT_TOKEN: 'canary-of-the-elephant',
  SILLAGE_BIRD_TOKEN: 'canary%2Fof+the/bird==',
};
/** Handed out by the server when the source signs in. */
const session = { accessJwt: 'canary.of.access', refreshJwt: 'canary.of.refresh' };

test('no secret gets into output, logs, the lake or histories, whatever servers say', async () => {
  const folder = folderOfTest();
  const server = await scriptedServer(echo);
  const file = campaignOf(
    folder,
    [
      `  - { id: sky, type: bluesky, service: "${server.address}", search: [gelato] }`,
      `  - { id: elephant, type: mastodon, instances: ["${server.address}"], hashtags: [gelato] }`,
      `  - { id: bird, type: x, service: "${server.address}", search: [gelato], quota: { posts_per_month: 1000 } }`,
    ].join('\n'),
  );
  const lake = join(folder, 'lake');
  const queues = `canary-${process.pid}`;
  const env = {
    ...canaries,
    SILLAGE_SKY_IDENTIFIER: 'nina.example',
    SILLAGE_LAKE: lake,
    SILLAGE_LOG: 'trace',
    SILLAGE_QUEUES: queues,
    TEMPORAL_ADDRESS: inject('temporal'),
  };
  try {
    const collected = await sillage(['collect', file, '--json'], env);
    const looked = await sillage(['doctor', file, '--json'], env);
    const history = await historyOf(collectionId('village'));
    const kept = contentsOf(lake);
    const places: Record<string, string> = {
      'stdout of collect': collected.stdout,
      'stderr of collect': collected.stderr,
      'stdout of doctor': looked.stdout,
      'stderr of doctor': looked.stderr,
      history,
      ...kept,
    };
    // The secrets were told to the server, which said them again, and that was kept.
    const told = server.asked.map(({ headers, body }) => `${headers.authorization} ${body}`).join('\n');
    expect(told).toContain(JSON.stringify(canaries.SILLAGE_SKY_PASSWORD));
    for (const token of [canaries.SILLAGE_ELEPHANT_TOKEN, canaries.SILLAGE_BIRD_TOKEN, session.accessJwt])
      expect(told).toContain(`Bearer ${token}`);
    expect(collected.status).toBe(1);
    expect(collected.stderr).toContain('X does not take the bearer token of the source bird');
    expect(history).toContain('X does not take the bearer token of the source bird');
    expect(Object.values(kept).join('\n')).toContain('you said Bearer [secret]');

    const found = Object.entries(places).flatMap(([place, text]) =>
      Object.values({ ...canaries, ...session }).flatMap(secret =>
        spellings(secret).flatMap(spelling => (text.includes(spelling) ? [`${place}: ${spelling}`] : [])),
      ),
    );
    expect(found).toEqual([]);
    // Nor any part of one: all begin alike.
    const hints = Object.entries(places).filter(
      ([, text]) => text.includes('canary') && !isAboutQueues(text),
    );
    expect(hints.map(([place, text]) => `${place}: ${text.match(/.{0,40}canary.{0,40}/)?.[0]}`)).toEqual([]);
  } finally {
    await server.close();
  }

  function isAboutQueues(text: string): boolean {
    return !text.replaceAll(queues, '').includes('canary');
  }
});

/** A network of all three that says back whatever it is told: first in posts, then in errors. */
function echo({ path, headers, body }: Asked): Reply {
  const { pathname, searchParams } = new URL(path, 'http://x');
  const said = `you said ${headers.authorization} ${body}`;
  const at = new Date(Date.now() - 600_000).toISOString();
  const json = (value: unknown, status = 200): Reply => ({
    status,
    headers: { 'content-type': 'application/json', 'x-echo': encodeURIComponent(said) },
    body: JSON.stringify(value),
  });
  switch (pathname) {
    case '/xrpc/com.atproto.server.createSession':
      return json({ did: 'did:plc:nina', handle: 'nina.example', ...session, active: true, said });
    case '/xrpc/app.bsky.feed.searchPosts':
      return searchParams.has('cursor')
        ? json({ posts: [], cursor: said })
        : json({ posts: [postOfBluesky(said, at)], cursor: 'more' });
    case '/api/v1/timelines/tag/gelato':
      return json([statusOfMastodon(said, at)]);
    case '/2/tweets/counts/recent':
      return json({ data: [], meta: { total_tweet_count: 1 } });
    case '/2/tweets/search/recent':
      if (searchParams.has('next_token') || searchParams.has('pagination_token'))
        return json({ detail: said }, 401);
      return json({
        data: [{ id: '1', text: said, author_id: '7', created_at: at }],
        meta: { result_count: 1, next_token: 'more' },
      });
    default:
      return json({ error: said, message: said }, 403);
  }
}

function postOfBluesky(text: string, at: string): object {
  const author = { did: 'did:plc:nina', handle: 'nina.example' };
  const record = { $type: 'app.bsky.feed.post', text, createdAt: at };
  const uri = 'at://did:plc:nina/app.bsky.feed.post/1';
  return {
    uri,
    cid: 'c',
    author,
    record,
    indexedAt: at,
    replyCount: 3,
    repostCount: 1,
    quoteCount: 1,
    likeCount: 0,
  };
}

function statusOfMastodon(content: string, at: string): object {
  const uri = 'https://elephant.example/users/nina/statuses/1';
  const account = { id: '7', acct: 'nina', uri: 'https://elephant.example/users/nina' };
  return { id: '1', uri, created_at: at, account, content, replies_count: 3, reblogs_count: 1 };
}

function spellings(secret: string): string[] {
  const inAddress = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    inAddress,
    encodeURIComponent(inAddress),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`nina.example:${secret}`).toString('base64'),
  ];
}

/** All files of a folder as text, unpacked. */
function contentsOf(folder: string): Record<string, string> {
  const packed = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        const isPacked = bytes.subarray(0, 4).equals(packed);
        return [entry.name, (isPacked ? zstdDecompressSync(bytes) : bytes).toString('utf8')];
      }),
  );
}

/** All that Temporal knows of a workflow, its payloads as text. */
async function historyOf(workflow: string): Promise<string> {
  const server = await suiteServer();
  try {
    const history = await server.client.workflow.getHandle(workflow).fetchHistory();
    return JSON.stringify(history, (_, value) => {
      if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
      if (value?.type === 'Buffer') return Buffer.from(value.data).toString('utf8');
      return typeof value === 'bigint' ? String(value) : value;
    });
  } finally {
    await server.close();
  }
}
