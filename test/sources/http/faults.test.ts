import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { politeClient } from '../../../sources/http/politeClient.ts';
import { faultServer, type Reply } from '../faultServer.ts';
import { asking, outcomeOf } from './asking.ts';

const good: Reply = { body: 'good' };
const failing: Reply = { status: 500, body: 'secret of the server' };
const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('half');
  setTimeout(() => response.destroy(), 20);
};
const cutChunks: Reply = (_, response) => {
  response.writeHead(200);
  response.write('half');
  setTimeout(() => response.destroy(), 20);
};
const cutGzip: Reply = (_, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' });
  response.write(gzipSync('long '.repeat(10_000)).subarray(0, 50));
  setTimeout(() => response.destroy(), 20);
};
const hangUp: Reply = request => request.socket.destroy();
const silent: Reply = () => {};
const stalling: Reply = (_, response) => {
  response.writeHead(200);
  response.write('half');
};
const dripping: Reply = (_, response) => {
  response.writeHead(200);
  const drip = setInterval(() => response.write('.'), 50);
  response.on('close', () => clearInterval(drip));
};
const garbage: Reply = request => {
  request.socket.end('HTTP/9 what?\r\n\r\n');
};

test.each<[string, Reply[], string, number]>([
  ['a failing server is asked again', [failing, failing, failing, good], '200 good', 4],
  ['four times at most', [failing], 'PassingFault: SERVER/page answers 500', 4],
  ['a cut body', [cut, good], '200 good', 2],
  ['a cut body without a length', [cutChunks, good], '200 good', 2],
  ['a cut compressed body', [cutGzip, good], '200 good', 2],
  ['a line that is hung up', [hangUp, good], '200 good', 2],
  ['a server that says it waited too long', [{ status: 408 }, good], '200 good', 2],
  ['an answer that is not HTTP', [garbage, good], '200 good', 2],
  ['what is not there is an answer', [{ status: 404, body: 'no' }], '404 no', 1],
  ['so is what is forbidden', [{ status: 403, body: 'no' }], '403 no', 1],
  ['an odd status', [{ status: 300 }], 'UnfitAnswer: SERVER/page answers 300', 1],
])('%s', async (_, replies, outcome, times) => {
  expect(await asking(replies)).toEqual({ outcome, times });
});

test.each<[string, Reply[]]>([
  ['silence', [silent, good]],
  ['a body that stalls', [stalling, good]],
  ['a body that drips without end', [dripping, good]],
])('%s is waited for a while', async (_, replies) => {
  expect(await asking(replies, { timeoutSeconds: 0.6 })).toEqual({ outcome: '200 good', times: 2 });
});

test('what is posted is asked once, unless asking twice does no harm', async () => {
  const post = { method: 'POST' as const, body: 'x' };
  expect(await asking([failing, good], {}, post)).toEqual({
    outcome: 'PassingFault: SERVER/page answers 500',
    times: 1,
  });
  expect(await asking([failing, good], {}, { ...post, isRepeatable: true })).toEqual({
    outcome: '200 good',
    times: 2,
  });
});

test('a server that is not there is an error that may pass, a name that nobody has is one for a person', async () => {
  const client = politeClient({ tries: 2, backoffSeconds: 0.01 });
  const at = (url: string) => outcomeOf(client.ask({ url, signal: new AbortController().signal }));
  const server = await faultServer(good);
  await server.close();
  expect(await at(`${server.address}/a?token=secret`)).toBe(
    `PassingFault: nobody listens at ${server.address.slice(7)}`,
  );
  expect(await at('http://127.0.0.1:1/a')).toMatch(
    /^FatalError: 127.0.0.1:1 is a port that no web server has/,
  );
  expect(await at('https://nothing.invalid/a?token=secret')).toBe(
    "FatalError: no server is known by the name nothing.invalid — mend the address, or this machine's way to the network",
  );
  expect(await at('file:///etc/passwd')).toBe(
    'FatalError: an address that was to be asked is none of http or https — mend it in the campaign file',
  );
});
