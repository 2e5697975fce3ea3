import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { politeClient } from '../../../sources/http/politeClient.ts';
import { redirectOf } from '../../../sources/http/redirect.ts';
import { faultServer, type Reply } from '../faultServer.ts';
import { asking, outcomeOf } from './asking.ts';
import { selfSigned } from './selfSigned.ts';

const good: Reply = { body: 'good' };
const to = (location: string, status = 302): Reply => ({ status, headers: { location } });
const { signal } = new AbortController();

test.each<[string, Reply[], string, number]>([
  ['at home', [to('/other'), good], '200 good', 2],
  ['by the steps that are allowed', [to('/b'), to('/c', 308), to('/d', 303), good], '200 good', 4],
  [
    'without end',
    [to('/page')],
    'FatalError: SERVER/page redirects more than 3 times — mend the address in the campaign file, or try again when the server is mended',
    4,
  ],
  [
    'to nowhere',
    [{ status: 301 }],
    'FatalError: SERVER/page redirects more than 3 times — mend the address in the campaign file, or try again when the server is mended',
    4,
  ],
  [
    'to no address',
    [to('http://:::')],
    'FatalError: SERVER/page redirects to no address — mend the address in the campaign file, or try again when the server is mended',
    1,
  ],
  [
    'elsewhere',
    [to('http://other.invalid/?token=secret')],
    'FatalError: SERVER redirects to other.invalid, which was not asked for — if that is where the network lives now, write its address into the campaign file',
    1,
  ],
  [
    'to a file',
    [to('file:///etc/passwd')],
    'FatalError: SERVER redirects to file:, which was not asked for — if that is where the network lives now, write its address into the campaign file',
    1,
  ],
])('redirects %s', async (_, replies, outcome, times) => {
  expect(await asking(replies)).toEqual({ outcome, times });
});

test('what is posted follows no redirect', async () => {
  const { outcome, times } = await asking([to('/other', 307), good], {}, { method: 'POST', body: 'x' });
  expect([outcome.split(' — ')[0], times]).toEqual(['FatalError: SERVER/page redirects what is posted', 1]);
});

test('a secret goes where it was meant to go, and nowhere else', async () => {
  const other = await faultServer(good);
  const server = await faultServer(to('/here'), to(`${other.address}/there`));
  const client = politeClient();
  const headers = { Authorization: 'Bearer secret' };
  try {
    expect(await outcomeOf(client.ask({ url: server.address, headers, signal }))).toContain('FatalError: ');
    expect(server.asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/', 'Bearer secret'],
      ['/here', 'Bearer secret'],
    ]);
    expect(other.asked).toEqual([]);
  } finally {
    await server.close();
    await other.close();
  }
});

test('from http to https of the same host is the way home', () => {
  const redirect = (from: string, location: string) => {
    const answer = { status: 301, headers: new Headers({ location }) };
    try {
      return redirectOf(new URL(from), answer, 'GET', 0)?.href;
    } catch (error) {
      return (error as Error).name;
    }
  };
  expect(redirect('http://a.example/x', 'https://a.example/x')).toBe('https://a.example/x');
  expect(redirect('https://a.example/x', 'http://a.example/x')).toBe('FatalError');
  expect(redirect('http://a.example/x', 'https://a.example:8443/x')).toBe('FatalError');
  expect(redirect('http://a.example/x', 'https://www.a.example/x')).toBe('FatalError');
});

test('a server that cannot prove who it is, or speaks no TLS, is an error for a person', async () => {
  const client = politeClient();
  const server = createServer(selfSigned, (_, response) => response.end('hello'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const plain = await faultServer(good);
  const host = plain.address.slice(7);
  try {
    expect(await outcomeOf(client.ask({ url: `https://127.0.0.1:${port}/`, signal }))).toBe(
      `FatalError: 127.0.0.1:${port} can't prove who it is (DEPTH_ZERO_SELF_SIGNED_CERT) — mend the address; where the certificate is your own, name its authority in NODE_EXTRA_CA_CERTS`,
    );
    expect(await outcomeOf(client.ask({ url: `https://${host}/`, signal }))).toBe(
      `FatalError: ${host} does not speak TLS — mend the address: http, or another port`,
    );
  } finally {
    server.closeAllConnections();
    server.close();
    await plain.close();
  }
});
