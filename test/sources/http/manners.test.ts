import { expect, test } from 'vitest';
import { politeClient } from '../../../sources/http/politeClient.ts';
import { userAgentOf } from '../../../sources/http/userAgent.ts';
import { Withheld } from '../../../sources/liveSource.ts';
import { faultServer, type Reply, scriptedServer } from '../faultServer.ts';
import { outcomeOf } from './asking.ts';

const { signal } = new AbortController();

test('says who asks, and whom to write to', async () => {
  const server = await faultServer({});
  try {
    await politeClient().ask({ url: server.address, signal });
    await politeClient({ userAgent: userAgentOf('me@a.example') }).ask({ url: server.address, signal });
    expect(server.asked.map(({ headers }) => headers['user-agent'])).toEqual([
      expect.stringMatching(/^Sillage\/\d+\.\d+\.\d+$/),
      expect.stringMatching(/^Sillage\/\d+\.\d+\.\d+ \(me@a\.example\)$/),
    ]);
  } finally {
    await server.close();
  }
});

test('asks a host one thing at a time, whoever asks, and other hosts meanwhile', async () => {
  let now = 0;
  let most = 0;
  const slow: Reply = (_, response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      response.end('good');
    }, 20);
  };
  const server = await faultServer(slow);
  const held: Reply = (_, response) => void response.once('close', () => undefined);
  const stuck = await faultServer(held);
  const end = new AbortController();
  const [one, two] = [politeClient(), politeClient()];
  try {
    const waiting = outcomeOf(one.ask({ url: stuck.address, signal: end.signal }));
    const asks = Array.from({ length: 10 }, (_, index) =>
      outcomeOf((index % 2 ? one : two).ask({ url: `${server.address}/${index}`, signal })),
    );
    expect(await Promise.all(asks)).toEqual(Array(10).fill('200 good'));
    expect(most).toBe(1);
    // Behind one that hangs, another waits for its turn: both end when they are told to.
    const behind = outcomeOf(two.ask({ url: stuck.address, signal: end.signal }));
    end.abort(new Error('enough'));
    expect(await Promise.all([waiting, behind])).toEqual(['Error: enough', 'Error: enough']);
    expect(await outcomeOf(two.ask({ url: stuck.address, signal: end.signal }))).toBe('Error: enough');
  } finally {
    await server.close();
    await stuck.close();
  }
});

test('ends what is asked when it is closed', async () => {
  const stuck = await faultServer(() => {});
  const client = politeClient();
  try {
    const asked = outcomeOf(client.ask({ url: stuck.address, signal }));
    await client.close();
    expect(await asked).toBe('AbortError: the client is closed');
    expect(await outcomeOf(client.ask({ url: stuck.address, signal }))).toBe(
      'AbortError: the client is closed',
    );
  } finally {
    await stuck.close();
  }
});

test('asks for news only, each for himself', async () => {
  const server = await scriptedServer(({ path, headers }): Reply => {
    const etag = `"${path} ${headers.authorization}"`;
    if (headers['if-none-match'] === etag) return { status: 304 };
    if (path === '/secret')
      return { headers: { etag, 'cache-control': 'private, no-store' }, body: 'hidden' };
    return {
      headers: { etag },
      body: path === '/long' ? 'x'.repeat(1e6 + 1) : `of ${headers.authorization}`,
    };
  });
  const client = politeClient();
  const ask = async (path: string, authorization: string) => {
    const { status, body } = await client.ask({
      url: server.address + path,
      headers: { authorization },
      signal,
    });
    return `${status} ${body.subarray(0, 10)}`;
  };
  try {
    for (const [path, who] of [
      ['/a', 'me'],
      ['/a', 'you'],
      ['/long', 'me'],
      ['/secret', 'me'],
    ] as const) {
      expect(await ask(path, who)).toBe(await ask(path, who));
    }
    expect(await ask('/a', 'me')).toBe('200 of me');
    expect(await ask('/a', 'you')).toBe('200 of you');
    const conditional = server.asked.map(({ headers }) => headers['if-none-match'] !== undefined);
    expect(conditional).toEqual([false, true, false, true, false, false, false, false, true, true]);
  } finally {
    await server.close();
  }
});

test('serves libraries behind the signature of fetch', async () => {
  const server = await scriptedServer(({ method, path, headers, body }): Reply => {
    if (path === '/limited') return { status: 429, headers: { 'retry-after': '600' } };
    if (path === '/empty') return { status: 204 };
    return {
      status: path === '/absent' ? 404 : 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([method, path, headers.authorization, body]),
    };
  });
  const { fetch } = politeClient();
  const authorization = 'Bearer x';
  try {
    const got = await fetch(`${server.address}/a?b=c`, { headers: { authorization } });
    expect([got.status, await got.json()]).toEqual([200, ['GET', '/a?b=c', 'Bearer x', '']]);
    const posted = await fetch(new Request(`${server.address}/p`, { method: 'POST', body: 'héllo' }));
    expect(await posted.json()).toEqual(['POST', '/p', null, 'héllo']);
    const absent = await fetch(new URL(`${server.address}/absent`));
    expect([absent.status, absent.ok]).toEqual([404, false]);
    expect((await fetch(`${server.address}/empty`)).status).toBe(204);
    await expect(fetch(`${server.address}/limited`)).rejects.toBeInstanceOf(Withheld);
    await expect(fetch(server.address, { method: 'DELETE' })).rejects.toThrow(
      'DELETE is not asked of networks',
    );
  } finally {
    await server.close();
  }
});
