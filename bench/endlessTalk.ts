import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const newest = Date.UTC(2026, 6, 1);

/** A replay of Bluesky's search that has many posts to show, a hundred a page; no real network holds so many here. */
export async function endlessTalk(
  posts: number,
): Promise<{ service: string; served(): number; end(): void }> {
  let served = 0;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://talk');
    // Posts are a second apart: those from `until` on are not shown.
    const until = Date.parse(searchParams.get('until') ?? '');
    const before = Number.isNaN(until) ? 0 : Math.max(0, Math.floor((newest - until) / 1000) + 1);
    const cursor = Number(searchParams.get('cursor') ?? 0);
    const first = before + cursor;
    const body = {
      posts: Array.from({ length: Math.min(100, posts - first) }, (_, index) => postOf(first + index)),
      ...(first + 100 < posts && { cursor: String(cursor + 100) }),
    };
    served += body.posts.length;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { service: `http://127.0.0.1:${port}`, served: () => served, end: () => void server.close() };
}

function postOf(number: number): object {
  const did = `did:plc:${String(number % 5000).padStart(24, 'a')}`;
  const createdAt = new Date(newest - number * 1000).toISOString();
  return {
    uri: `at://${did}/app.bsky.feed.post/${number}`,
    cid: 'bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy',
    author: { did, handle: 'handle.invalid' },
    record: {
      $type: 'app.bsky.feed.post',
      text: `gelato ${number}: ${'a scoop of something cold and sweet. '.repeat(4)}`,
      createdAt,
    },
    indexedAt: createdAt,
    likeCount: 0,
    replyCount: 0,
    quoteCount: 0,
    repostCount: 0,
  };
}
