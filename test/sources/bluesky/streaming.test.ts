import { afterEach, describe, expect, test } from 'vitest';
import { openBluesky } from '../../../sources/bluesky/blueskySource.ts';
import { politeClient } from '../../../sources/http/politeClient.ts';
import type { Page, PageAsk } from '../../../sources/liveSource.ts';
import { secretsOf } from '../../../sources/secrets.ts';
import { settingsFor } from './settingsFor.ts';
import { deletion, frame, timeOf, written } from './streamFrames.ts';
import { type Act, type StreamServer, streamServer } from './streamServer.ts';

const span = { from: timeOf(0), to: timeOf(80_000) };
let server: StreamServer | undefined;
afterEach(() => server?.close());

async function ask(
  path: string,
  act: (url: URL, times: number) => Act | undefined,
  some: Partial<PageAsk> = {},
): Promise<Page> {
  server = await streamServer(act);
  const client = politeClient();
  const settings = settingsFor(server.address.replace('ws', 'http'), {
    stream: `${server.address}${path}`,
    search: ['gelato'],
  });
  const source = openBluesky(settings, {
    client,
    secrets: secretsOf('bsky', {}),
    accounts: [],
    quietSeconds: 0.2,
  });
  const query = { kind: 'stream' as const, label: 'stream', subjects: [] };
  const signal = AbortSignal.timeout(20_000);
  return source.page({ query, span, cursor: undefined, resume: undefined, signal, ...some });
}
const events = ({ body }: Page) =>
  (JSON.parse(body.toString()) as { events: Record<string, unknown>[] }).events;
const keys = (page: Page) => events(page).map(event => (event.commit as { rkey?: string } | undefined)?.rkey);
const send =
  (...frames: (string | Uint8Array)[]): Act =>
  stream => {
    for (const one of frames) stream.send(one);
  };
const twoThen =
  (then: Act): Act =>
  stream => {
    send(deletion(1), deletion(2))(stream);
    return then(stream);
  };

describe('a firehose', () => {
  test('is asked from its beginning, and then from where it was left', async () => {
    const page = await ask('', () => send(deletion(5), deletion(6)));
    expect(server!.asked.map(String)).toEqual(['http://x/xrpc/com.atproto.sync.subscribeRepos?cursor=0']);
    expect(keys(page)).toEqual(['post5', 'post6']);
    expect(page).toMatchObject({ next: undefined, resume: `6@${timeOf(6)}`, posts: 2 });
    // What came before the oldest that it holds, nobody can tell.
    expect(page.hole).toEqual({ from: span.from, to: timeOf(5) });
    await server!.close();
    const silent = await ask('', () => () => {}, { resume: page.resume });
    expect(server!.asked[0]!.searchParams.get('cursor')).toBe('6');
    expect(silent).toMatchObject({ next: undefined, resume: page.resume, posts: 0 });
  });

  test('that begins with its very first event is whole', async () => {
    const page = await ask('', () => send(deletion(1), deletion(2)));
    expect([keys(page), page.hole]).toEqual([['post1', 'post2'], undefined]);
  });

  test('says which stretch it no longer holds', async () => {
    const outdated = frame({ op: 1, t: '#info' }, { name: 'OutdatedCursor' });
    const later = await ask('', () => send(outdated, deletion(500)), { resume: `7@${timeOf(7)}` });
    expect(later.hole).toEqual({ from: timeOf(7), to: timeOf(500) });
    expect(later.resume).toBe(`500@${timeOf(500)}`);
    await server!.close();
    const first = await ask('', () => send(outdated, deletion(500)));
    expect(first.hole).toEqual({ from: span.from, to: timeOf(500) });
    await server!.close();
    const nothing = await ask('', () => send(outdated), { resume: `7@${timeOf(7)}` });
    expect(nothing.hole).toEqual({ from: timeOf(7), to: span.to });
    expect(nothing.resume).toBe(`7@${timeOf(7)}`);
  });

  test('is read from its oldest where it counts anew', async () => {
    const future = frame({ op: -1 }, { error: 'FutureCursor', message: 'Cursor in the future.' });
    const page = await ask('', (_, times) => (times === 0 ? send(future) : send(deletion(900))), {
      resume: `7000@${timeOf(700)}`,
    });
    expect(server!.asked.map(url => url.searchParams.get('cursor'))).toEqual(['7000', '0']);
    expect(page.hole).toEqual({ from: timeOf(700), to: timeOf(900) });
    expect(page.resume).toBe(`900@${timeOf(900)}`);
  });

  test.each<[string, Act]>([
    ['closes', twoThen(stream => stream.close())],
    ['breaks off', twoThen(stream => void setTimeout(() => stream.cut(), 50))],
    ['ends with an error', send(deletion(1), deletion(2), frame({ op: -1 }, { error: 'ConsumerTooSlow' }))],
    ['announces a frame of a gigabyte', twoThen(stream => stream.announce(1e9))],
  ])('that %s is gone on with where it stood', async (_, act) => {
    const page = await ask('', () => act);
    expect([keys(page), page.next, page.resume]).toEqual([
      ['post1', 'post2'],
      `2@${timeOf(2)}`,
      `2@${timeOf(2)}`,
    ]);
  });

  test.each<[string, Act | undefined, RegExp]>([
    ['refuses', undefined, /^127\.0\.0\.1:\d+ gives no stream \(it refuses\)$/],
    ['closes at once', stream => stream.close(), /^the stream ended without a word$/],
    [
      'fails at once',
      send(frame({ op: -1 }, { error: 'ConsumerTooSlow' })),
      /^the stream ends with ConsumerTooSlow$/,
    ],
    [
      'names its fault strangely',
      send(frame({ op: -1 }, { error: '<script>' })),
      /^the stream ends with an error without a name$/,
    ],
  ])('that %s is to be tried again', async (_, act, message) => {
    await expect(ask('', () => act)).rejects.toThrow(message);
  });

  test('shows what it can not read, and goes on', async () => {
    const page = await ask('', () => send('text', new Uint8Array([1, 2, 3]), deletion(3)));
    expect(events(page).map(event => event.kind)).toEqual(['unreadable', 'unreadable', 'commit']);
    expect(page.resume).toBe(`3@${timeOf(3)}`);
  });

  test('without an end is read in pages, without holding all of it', async () => {
    const before = process.memoryUsage().rss;
    const endless: Act = stream => {
      let number = 1;
      const more = () => {
        while (!stream.socket.destroyed) {
          stream.send(
            frame(
              { op: 1, t: '#sync' },
              { seq: number, time: timeOf(number), did: 'did:plc:x', blocks: new Uint8Array(20_000) },
            ),
          );
          number++;
          if (stream.socket.writableNeedDrain) return void stream.socket.once('drain', more);
        }
      };
      more();
    };
    const page = await ask('', () => endless);
    expect(page.posts).toBe(0);
    const read = Number(page.next!.split('@')[0]);
    expect(read).toBeGreaterThan(1000);
    expect(read).toBeLessThanOrEqual(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
  });
});

describe('Jetstream', () => {
  test('is asked for posts and reposts by time, and kept as it came', async () => {
    const lines = [written(5, 'a gelato'), written(6, 'something else'), written(7, 'gelato!')];
    const page = await ask('/subscribe', () => send(...lines));
    const [asked] = server!.asked;
    expect(asked!.pathname).toBe('/subscribe');
    expect(asked!.searchParams.getAll('wantedCollections')).toEqual([
      'app.bsky.feed.post',
      'app.bsky.feed.repost',
    ]);
    expect(asked!.searchParams.get('cursor')).toBe(String(Date.parse(span.from) * 1000));
    expect(page.body.toString()).toBe(`{"events":[${lines[0]},${lines[2]}]}`);
    expect(page.resume).toBe(`${Date.parse(timeOf(7)) * 1000}@${timeOf(7)}`);
    expect(page.hole).toBeUndefined();
  });

  test('says which stretch it no longer holds, where it begins an hour late', async () => {
    const resume = `${Date.parse(timeOf(10)) * 1000}@${timeOf(10)}`;
    const page = await ask('/subscribe', () => send(written(10_000, 'gelato')), { resume });
    expect(server!.asked[0]!.searchParams.get('cursor')).toBe(String(Date.parse(timeOf(10)) * 1000));
    expect(page.hole).toEqual({ from: timeOf(10), to: timeOf(10_000) });
  });

  test('shows a line that is no event, and goes on', async () => {
    const page = await ask('/subscribe', () => send('{"half":', '{}', written(3, 'gelato')));
    expect(events(page).map(event => event.kind)).toEqual(['unreadable', 'unreadable', 'commit']);
  });
});
