import { afterEach, describe, expect, test } from 'vitest';
import { bluesky } from '../../../sources/bluesky.ts';
import { Findings } from '../../../sources/findings.ts';
import { json, type Scripted, scripted, span, view } from './scripted.ts';

let scene: Scripted | undefined;
afterEach(() => scene?.close());
const at = (second: number) => new Date(Date.parse(span.from) + second * 1000).toISOString();
const before = '2026-02-01T00:00:00.000Z';

describe('a search', () => {
  test('asks for the wanted time, newest first', async () => {
    scene = await scripted(() => json({ posts: [view(at(1))], cursor: '100' }));
    expect(await scene.ask('search', ['#gelato'])).toMatchObject({
      next: `${span.to} 100`,
      posts: 1,
      status: 200,
    });
    const { searchParams } = new URL(scene.server.asked[0]!.path, 'http://x');
    expect(Object.fromEntries(searchParams)).toEqual({
      q: '#gelato',
      sort: 'latest',
      since: span.from,
      until: span.to,
      limit: '100',
    });
  });

  test('begins anew before its oldest post where no deeper cursor is served', async () => {
    // A post every second, newest first; cursors count them, and none beyond 10,000 is served.
    const newest = 25_000;
    const seconds = Array.from({ length: newest }, (_, index) => newest - index);
    scene = await scripted((_, parameters) => {
      const offset = Number(parameters.get('cursor') ?? 0);
      if (offset > 9_999) return json({ error: 'InvalidRequest', message: 'invalid cursor' }, 400);
      const until = (Date.parse(parameters.get('until')!) - Date.parse(span.from)) / 1000;
      const found = seconds.slice(Math.max(0, Math.floor(newest - until) + 1));
      const posts = found.slice(offset, offset + 100).map(second => view(at(second)));
      return json({ posts, ...(posts.length === 100 && { cursor: String(offset + 100) }) });
    });
    const told = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await scene.ask('search', ['gelato'], { cursor });
      for (const { indexedAt } of JSON.parse(page.body.toString()).posts) told.add(indexedAt);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(told.size).toBe(newest);
    expect(scene.server.asked.length).toBeLessThan(260);
  });

  test.each<[string, object[], boolean]>([
    ['all of a page is older', [view(before), view(before)], true],
    ['one post of a page is not older', [view(before), view(at(1))], false],
    ['it was written earlier than the network saw it', [view(before, at(1))], true],
    ['nobody knows when', [view('no time', 'no time')], false],
  ])('ends where %s', async (_, posts, isEnd) => {
    scene = await scripted(() => json({ posts, cursor: '9' }));
    expect((await scene.ask('search', ['gelato'])).next === undefined).toBe(isEnd);
  });
});

describe('the feed of an account', () => {
  test('is not ended by a pinned post, and goes by when a post was passed on', async () => {
    const did = 'did:plc:nina';
    const pinned = { post: view(before), reason: { $type: 'app.bsky.feed.defs#reasonPin' } };
    const passed = {
      post: view(before),
      reason: { $type: 'app.bsky.feed.defs#reasonRepost', indexedAt: at(5) },
    };
    const old = {
      post: view(before),
      reason: { $type: 'app.bsky.feed.defs#reasonRepost', indexedAt: before },
    };
    const pages = [[pinned, passed], [pinned], [pinned, old]];
    scene = await scripted((_, parameters) => {
      const page = Number(parameters.get('cursor') ?? 0);
      return json({ feed: pages[page]!, cursor: String(page + 1) });
    });
    const first = await scene.ask('account', [did]);
    const second = await scene.ask('account', [did], { cursor: first.next });
    const third = await scene.ask('account', [did], { cursor: second.next });
    expect([first.next, second.next, third.next]).toEqual(['1', '2', undefined]);
    expect(new URL(scene.server.asked[0]!.path, 'http://x').searchParams.get('filter')).toBe(
      'posts_with_replies',
    );
  });

  test('of a handle asks once whose it is', async () => {
    scene = await scripted((method, parameters) =>
      method === 'com.atproto.identity.resolveHandle'
        ? json({ did: `did:plc:${parameters.get('handle')}` })
        : json({ feed: [] }),
    );
    await scene.ask('account', ['@Nina.Example']);
    await scene.ask('account', ['nina.example']);
    expect(scene.server.asked.map(({ path }) => path.split('/xrpc/')[1]!.split('&')[0])).toEqual([
      'com.atproto.identity.resolveHandle?handle=nina.example',
      'app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Anina.example',
      'app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Anina.example',
    ]);
  });
});

describe('what is asked about a message', () => {
  const uri = 'at://did:plc:nina/app.bsky.feed.post/1';

  test.each<[string, number, object]>([
    ['is not there', 400, { error: 'NotFound', message: 'Post not found' }],
    ['has an account that was closed', 400, { error: 'AccountTakedown', message: 'x' }],
    ['is not known, said in words', 400, { error: 'InvalidRequest', message: 'Could not find repo: x' }],
  ])('%s: a page that says so, and that its account is there', async (_, status, body) => {
    scene = await scripted(method =>
      method === 'app.bsky.actor.getProfiles'
        ? json({ profiles: [{ did: 'did:plc:nina', handle: 'nina.example' }] })
        : json(body, status),
    );
    const page = await scene.ask('thread', [uri]);
    expect([page.status, page.next, page.posts]).toEqual([status, undefined, 0]);
    const repos = [{ did: 'did:plc:nina', active: true }];
    expect(JSON.parse(page.body.toString())).toEqual({ ...body, repos });
  });

  test('is not called deleted where its account is hidden for a while', async () => {
    scene = await scripted(method =>
      method === 'app.bsky.actor.getProfiles'
        ? json({ profiles: [] })
        : method === 'app.bsky.actor.getProfile'
          ? json({ error: 'AccountDeactivated', message: 'x' }, 400)
          : json({ error: 'NotFound' }, 400),
    );
    for (const kind of ['thread', 'quotes', 'reposts'] as const) {
      const page = await scene.ask(kind, [uri]);
      const context = {
        query: { kind, label: kind, subjects: [uri] },
        captured_at: at(5),
        status: page.status,
      };
      const mapped = [...bluesky.map(JSON.parse(page.body.toString()), new Findings(), context)];
      expect(mapped).toEqual([
        { account: { platform: 'bluesky', account: 'did:plc:nina', state: 'deactivated', at: null } },
      ]);
    }
  });

  test.each<[string, number, object, RegExp]>([
    [
      'does not know the method',
      404,
      { error: 'XRPCNotSupported' },
      /getPostThread answers 404 XRPCNotSupported$/,
    ],
    ['is not there at all', 404, {}, /getPostThread answers 404$/],
    [
      'refuses a parameter',
      400,
      { error: 'InvalidRequest', message: 'depth' },
      /answers 400 InvalidRequest$/,
    ],
    ['names its error strangely', 400, { error: '<script>alert(1)</script>' }, /getPostThread answers 400$/],
  ])('is no page where the server %s', async (_, status, body, message) => {
    scene = await scripted(() => json(body, status));
    await expect(scene.ask('thread', [uri])).rejects.toThrow(message);
  });

  test('is refused where it is no post and is to be read again: a repost is never shown', async () => {
    scene = await scripted(() => json({ posts: [] }));
    const repost = 'at://did:plc:nina/app.bsky.feed.repost/1';
    await expect(scene.ask('refresh', [uri, repost])).rejects.toThrow(
      'of Bluesky only posts can be read again',
    );
    expect(scene.server.asked).toEqual([]);
  });

  test('that blocks the account which asks is hidden, and not deleted', async () => {
    scene = await scripted(method =>
      method === 'app.bsky.feed.getPosts'
        ? json({ posts: [] })
        : json({ profiles: [{ did: 'did:plc:nina', viewer: { blockedBy: true } }] }),
    );
    const { body } = await scene.ask('refresh', [uri]);
    expect(JSON.parse(body.toString())).toEqual({
      posts: [],
      repos: [{ did: 'did:plc:nina', active: false, status: 'blocked' }],
    });
  });
});
