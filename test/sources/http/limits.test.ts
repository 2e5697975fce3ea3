import { expect, test } from 'vitest';
import type { Answer } from '../../../sources/http/answer.ts';
import { politeClient } from '../../../sources/http/politeClient.ts';
import { askedPause, isUsedUp } from '../../../sources/http/rateLimit.ts';
import { Withheld } from '../../../sources/liveSource.ts';
import { faultServer, type Reply } from '../faultServer.ts';
import { asking, outcomeOf } from './asking.ts';

const now = Date.parse('2026-03-28T12:00:00Z');

test.each<[string, Record<string, string>, number | undefined]>([
  ['nothing', {}, undefined],
  ['seconds', { 'retry-after': '7' }, 7],
  ['an HTTP date', { 'retry-after': 'Sat, 28 Mar 2026 12:00:30 GMT' }, 30],
  [
    'an HTTP date by its own clock',
    { date: 'Sat, 28 Mar 2026 13:00:00 GMT', 'retry-after': 'Sat, 28 Mar 2026 13:00:30 GMT' },
    30,
  ],
  ['a Unix time', { 'ratelimit-reset': String(now / 1000 + 60) }, 60],
  ['seconds of the standard to be', { 'ratelimit-reset': '60' }, 60],
  ["X's Unix time", { 'x-rate-limit-reset': String(now / 1000 + 900) }, 900],
  ["Mastodon's ISO 8601", { 'x-ratelimit-reset': '2026-03-28T12:05:00.000000Z' }, 300],
  ['milliseconds', { 'x-ratelimit-reset': String(now + 5000) }, 5],
  ['Retry-After before all others', { 'retry-after': '1', 'ratelimit-reset': '60' }, 1],
  ['a time that is over', { 'ratelimit-reset': String(now / 1000 - 60) }, 0],
  ['less than nothing', { 'retry-after': '-5' }, 0],
  ['a year', { 'retry-after': '31536000' }, 86_400],
  ['nonsense', { 'retry-after': 'soon', 'ratelimit-reset': '60' }, 60],
])('a pause told as %s', (_, headers, seconds) => {
  const pause = askedPause(new Headers(headers), now);
  expect(pause === undefined ? undefined : pause / 1000).toBe(seconds);
});

test('a limit is used up when nothing remains', () => {
  const of = (headers: Record<string, string>) => isUsedUp(new Headers(headers));
  expect([
    of({ 'ratelimit-remaining': '0' }),
    of({ 'x-rate-limit-remaining': '0' }),
    of({ 'x-ratelimit-remaining': '1' }),
    of({}),
  ]).toEqual([true, true, false, false]);
});

const good: Reply = { body: 'good' };
const refusal = (headers: Record<string, string>, status = 429): Reply => ({ status, headers });

test.each<[string, Reply[], string | RegExp, number]>([
  ['is waited for', [refusal({ 'retry-after': '1' }), good], '200 good', 2],
  ['of an overloaded server too', [refusal({ 'retry-after': '1' }, 503), good], '200 good', 2],
  [
    'without a time is waited for longer and longer',
    [refusal({}), refusal({}), refusal({}), good],
    '200 good',
    4,
  ],
  ['that is over is as one without a time', [refusal({ 'retry-after': '0' }), good], '200 good', 2],
  [
    'without a time, again and again, ends the patience',
    [refusal({})],
    'Withheld: SERVER/page asks for patience',
    7,
  ],
  [
    'beyond the patience is thrown at once',
    [refusal({ 'retry-after': '60' })],
    /^Withheld: SERVER\/page asks for patience until 20..-..-..T..:..:..\.\d+Z$/,
    1,
  ],
])('a limit that %s', async (_, replies, outcome, times) => {
  const result = await asking(replies, { patienceSeconds: 1.9 });
  expect(result.outcome).toMatch(typeof outcome === 'string' ? new RegExp(`^${outcome}$`) : outcome);
  // How often it is asked without a time depends on chance.
  if (times === 7) expect(result.times).toBeGreaterThan(4);
  else expect(result.times).toBe(times);
});

test('a limit that is used up keeps the next asks of all clients away, those of other paths not', async () => {
  const last: Reply = { headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '600' }, body: 'last' };
  const server = await faultServer(last, good);
  const { signal } = new AbortController();
  const at = (path: string) => outcomeOf(politeClient().ask({ url: server.address + path, signal }));
  try {
    expect(await at('/tags/1/posts?a')).toBe('200 last');
    expect(await at('/tags/2/posts?b')).toMatch(
      /^Withheld: 127\.0\.0\.1:\d+\/tags\/2\/posts asks for patience until /,
    );
    expect(await at('/accounts')).toBe('200 good');
    expect(server.asked.map(({ path }) => path)).toEqual(['/tags/1/posts?a', '/accounts']);
  } finally {
    await server.close();
  }
});

test('a refusal that no patience helps against is an answer', async () => {
  const isFinal = ({ body }: Answer) => body.toString() === 'cap';
  const cap: Reply = { status: 429, headers: { 'retry-after': '600' }, body: 'cap' };
  expect(await asking([cap], {}, { isFinal })).toEqual({ outcome: '429 cap', times: 1 });
  expect((await asking([refusal({ 'retry-after': '600' })], {}, { isFinal })).outcome).toContain(
    'Withheld: ',
  );
});

test('the end of a limit is told by our clock, however wrong the clock of the server is', async () => {
  const theirs = Date.now() + 7_200_000;
  const server = await faultServer(
    refusal({
      date: new Date(theirs).toUTCString(),
      'x-rate-limit-reset': String(Math.round(theirs / 1000) + 900),
    }),
  );
  try {
    const ask = politeClient().ask({ url: server.address, signal: new AbortController().signal });
    const withheld = await ask.then(
      () => undefined,
      (error: unknown) => error as Withheld,
    );
    expect(withheld).toBeInstanceOf(Withheld);
    expect(Math.abs(withheld!.until!.getTime() - Date.now() - 900_000)).toBeLessThan(5000);
  } finally {
    await server.close();
  }
});
