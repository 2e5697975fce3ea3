import { expect, test } from 'vitest';
import type { Withheld } from '../../../sources/liveSource.ts';
import type { Reply } from '../faultServer.ts';
import { walkThrough } from './completeness.ts';
import type { Fixture } from './fixture.ts';
import { making } from './network.ts';
import { expected, kindOf } from './walk.ts';

/** Rate limits are waited for where that is soon, and reported where it is not. */
export function limits(fixture: Fixture): void {
  const pages = [making(fixture, 1, 2), making(fixture, 3, 4)];
  // Gateways refuse in HTML what the service itself would refuse in JSON.
  const body = '<html><h1>Too many requests</h1></html>';
  const refusal = (headers: Record<string, string>): Reply => ({ status: 429, headers, body });
  const hour = 3_600_000;

  test.each<[string, () => Reply]>([
    ['that says how long it lasts', () => refusal({ 'retry-after': '1' })],
    ['that does not say how long it lasts', () => refusal({})],
    ['that was over before it came', () => refusal({ 'x-ratelimit-reset': '2020-01-01T00:00:00.000Z' })],
    [
      'that ends by a clock which is an hour ahead',
      () =>
        refusal({
          date: new Date(Date.now() + hour).toUTCString(),
          'ratelimit-reset': String(Math.ceil((Date.now() + hour) / 1000) + 1),
        }),
    ],
  ])('waits for a limit %s', async (_, reply) => {
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: (page, times) => (page === 1 && times === 0 ? reply() : undefined),
    });
    expect(walked.fault).toBeUndefined();
    expect(rows).toEqual(expected(fixture, pages.flat()));
  });

  test('says until when a long limit lasts, and keeps the pages before it', async () => {
    const until = Math.ceil(Date.now() / 1000) + 900;
    const { walked, rows } = await walkThrough(fixture, {
      pages,
      fault: page => (page === 1 ? refusal({ 'x-rate-limit-reset': String(until) }) : undefined),
    });
    expect(kindOf(walked.fault)).toBe('withheld');
    const end = (walked.fault as Withheld).until!.getTime() / 1000;
    expect(Math.abs(end - until)).toBeLessThanOrEqual(5);
    expect(rows).toEqual(expected(fixture, pages[0]!));
  });
}
