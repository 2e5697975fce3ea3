import { afterEach, describe, expect, test } from 'vitest';
import { json, type Scripted, scripted, span } from './scripted.ts';

let scene: Scripted | undefined;
afterEach(() => scene?.close());

const did = 'did:plc:nina';
/** Keys that tell 2026-03-02 and 2026-01-01. */
const [within, long] = ['3mfzx4dpk2222', '3mbd3542k2222'];
const entry = (key: string, createdAt: string) => ({
  uri: `at://${did}/app.bsky.feed.repost/${key}`,
  cid: 'c',
  value: { subject: { uri: 'at://x/app.bsky.feed.post/1', cid: 'c' }, createdAt },
});
const document = (serviceEndpoint: unknown) =>
  json({
    id: did,
    service: [
      { id: '#other', serviceEndpoint: 'https://other.example' },
      { id: '#atproto_pds', serviceEndpoint },
    ],
  });

describe('the server that keeps the records of an account', () => {
  test('is found by the directory once, and asked for reposts until they are older', async () => {
    scene = await scripted((method, parameters) => {
      if (method === did) return document(scene!.server.address);
      return parameters.has('cursor')
        ? json({ records: [entry(long, '2026-01-01T00:00:00Z')], cursor: 'more' })
        : json({
            records: [entry(within, '2026-01-01T00:00:00Z'), entry(long, '2026-03-02T00:00:00Z')],
            cursor: 'next',
          });
    });
    const first = await scene.ask('records', [did]);
    const second = await scene.ask('records', [did], { cursor: first.next });
    expect([first.next, first.posts, second.next]).toEqual(['next', 2, undefined]);
    expect(scene.server.asked.map(({ path }) => path)).toEqual([
      `/${did}`,
      `/xrpc/com.atproto.repo.listRecords?repo=did%3Aplc%3Anina&collection=app.bsky.feed.repost&limit=100`,
      `/xrpc/com.atproto.repo.listRecords?repo=did%3Aplc%3Anina&collection=app.bsky.feed.repost&limit=100&cursor=next`,
    ]);
  });

  test('is looked for again where an account is not there any more', async () => {
    let moved = false;
    scene = await scripted(method => {
      if (method === did) return document(scene!.server.address);
      return moved ? json({ records: [] }) : json({ error: 'RepoNotFound' }, 400);
    });
    expect((await scene.ask('records', [did])).status).toBe(400);
    moved = true;
    expect((await scene.ask('records', [did])).status).toBe(200);
    expect(scene.server.asked.filter(({ path }) => path === `/${did}`)).toHaveLength(2);
  });

  test.each([404, 410])('is none where the directory says so (%i)', async status => {
    scene = await scripted(() => json({ message: 'DID not available' }, status));
    const page = await scene.ask('records', [did]);
    expect([page.status, page.body.toString()]).toEqual([status, '{"error":"RepoNotFound"}']);
  });

  test.each<[string, string, unknown]>([
    ['leads into a private network', did, 'http://192.168.0.1'],
    ['leads to the addresses of clouds', did, 'http://169.254.169.254/latest'],
    ['is no address', did, 'file:///etc/passwd'],
    ['has a password in it', did, 'https://a:b@pds.example'],
    ['is not there', did, undefined],
    ['has a method that nobody knows', 'did:key:z6Mk', 'https://pds.example'],
    ['is no DID', 'did:plc:../../secret', 'https://pds.example'],
    ['has a path', 'did:web:example.com:path', 'https://pds.example'],
  ])('is not asked where the document %s', async (_, subject, endpoint) => {
    scene = await scripted(() => document(endpoint));
    await expect(scene.ask('records', [subject])).rejects.toThrow(/DID/);
    expect(scene.server.asked.filter(({ path }) => path.startsWith('/xrpc'))).toEqual([]);
  });

  test('stops nothing else where it has vanished', async () => {
    scene = await scripted(() => document('http://nothing.invalid'));
    const fault = await scene.ask('records', [did], { span }).catch((error: unknown) => error);
    expect((fault as Error).name).toBe('Error');
  });

  test('may be named by the account itself, on this machine', async () => {
    scene = await scripted(method =>
      method === 'did.json' ? document(scene!.server.address) : json({ records: [entry(within, span.from)] }),
    );
    const port = new URL(scene.server.address).port;
    const page = await scene.ask('records', [`did:web:localhost%3A${port}`]).catch((error: unknown) => error);
    // The server of this test listens on 127.0.0.1 alone, which `localhost` is not everywhere.
    if (page instanceof Error) expect(page.message).toMatch(/DID|localhost/);
    else expect(page).toMatchObject({ status: 200, posts: 1 });
  });
});
