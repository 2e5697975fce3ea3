import { afterEach, describe, expect, test } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { FatalError } from '../../contracts/errors.ts';
import { type PageAsk, Unanswerable, Withheld } from '../../sources/liveSource.ts';
import { capReset } from '../../sources/x/capReset.ts';
import { openX } from '../../sources/x/xSource.ts';
import { stretchOf } from '../../sources/x/xStretch.ts';
import { opened, pagesOf, settingsOf, token } from './xReading.ts';
import { type ReplayOptions, type XProblem, type XReplay, xReplay } from './xReplay.ts';
import { xWorld } from './xWorld.ts';

const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour;
const span = { from: new Date(to - 72 * hour).toISOString(), to: new Date(to).toISOString() };
const search: Query = { kind: 'search', label: 'search gelato', subjects: ['gelato'] };
const nextMonth = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1));

const replays: XReplay[] = [];
afterEach(async () => {
  for (const replay of replays.splice(0)) await replay.close();
});
async function start(options: Partial<ReplayOptions> = {}): Promise<XReplay> {
  const world = xWorld({ seed: 3, accounts: 20, posts: 400, to, days: 3 });
  const replay = await xReplay({ world, token, ...options });
  replays.push(replay);
  return replay;
}
const asking = (changes: Partial<PageAsk> = {}): PageAsk => ({
  query: search,
  span,
  cursor: undefined,
  resume: undefined,
  signal: new AbortController().signal,
  ...changes,
});
/** What a page ends with where it does not come. */
const thrown = async (replay: XReplay, changes: Partial<PageAsk> = {}, settings = {}) => {
  const page = opened(replay.service, settings).page(asking(changes));
  return page.then(
    () => undefined,
    (error: unknown) => error,
  );
};
const problem = (status: number, body: unknown) => (): XProblem => ({ status, body });

describe('what a person must mend', () => {
  test('a token that is missing, wrong, or revoked in the middle', async () => {
    const replay = await start();
    const secrets = {
      token: undefined,
      identifier: undefined,
      password: undefined,
      tokenFor: () => undefined,
    };
    expect(() =>
      openX(settingsOf(replay.service, { id: 'x-eu' }), {
        client: undefined as never,
        secrets,
        accounts: [],
      }),
    ).toThrow(
      "the source x-eu has no bearer token, and X answers nobody without one — set SILLAGE_X_EU_TOKEN to the token of an app of X's developer console",
    );
    const first = await opened(replay.service).page(asking());
    expect(first.next).toBeDefined();
    replay.options.token = 'another';
    const error = await thrown(replay, { cursor: first.next! });
    expect(error).toBeInstanceOf(FatalError);
    expect(String(error)).toContain('wrong or revoked (401)');
    expect(String(error)).toContain('SILLAGE_X_TOKEN');
    expect(String(error)).not.toContain(token);
    expect(String(error).split('\n')).toHaveLength(1);
  });

  test.each([
    [
      'client-not-enrolled',
      false,
      /may not ask \/2\/tweets\/search\/recent \(403\) — put the app into a project/,
    ],
    ['whatever', true, /may not ask \/2\/tweets\/search\/all \(403\) — take `archive: true` out/],
    ['whatever', false, /— choose a plan with this endpoint/],
  ])('access that the plan does not give: %s, archive %s', async (reason, archive, message) => {
    const replay = await start({ trouble: problem(403, { title: 'Client Forbidden', reason }) });
    const error = await thrown(replay, {}, { archive });
    expect(error).toBeInstanceOf(FatalError);
    expect(String(error)).toMatch(message);
  });

  test('a query that X can not read, accounts that are no numbers, a query without end', async () => {
    const replay = await start({ trouble: problem(400, { title: 'Invalid Request', detail: '<script>' }) });
    const error = await thrown(replay);
    expect(error).toBeInstanceOf(Unanswerable);
    expect(String(error)).toContain('X refuses the query `search gelato` of the source x (400)');
    expect(String(error)).not.toContain('script');
    const follow: Query = { kind: 'quotes', label: 'quotes', subjects: ['1'] };
    const asked = await thrown(replay, { query: follow });
    expect([FatalError, Unanswerable].some(kind => asked instanceof kind)).toBe(false);
    expect(() => opened(replay.service, { accounts: ['@harbour'] })).toThrow(
      '"@harbour", which is no number of X',
    );
    expect(() => opened(replay.service, { search: ['a'.repeat(5000)] })).toThrow(
      '5000 characters; X takes 4096',
    );
  });
});

test('an address at which there is no X', async () => {
  const replay = await start({ trouble: problem(404, '<html>not here</html>') });
  expect(String(await thrown(replay))).toMatch(
    /127.0.0.1:[0-9]+: the server of the source x knows no \/2\/tweets\/search\/recent \(404\) — mend `service`/,
  );
});

describe('what asks for patience', () => {
  test('a rate limit, until it says', async () => {
    const replay = await start({ allowed: 1 });
    await opened(replay.service).page(asking());
    const error = (await thrown(replay)) as Withheld;
    expect(error).toBeInstanceOf(Withheld);
    const minutes = (error.until!.getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(16);
  });

  test("X's own cap of posts, until the day on which it begins anew", async () => {
    const replay = await start({ cap: 100 });
    await opened(replay.service).page(asking());
    const error = (await thrown(replay)) as Withheld;
    expect(error).toBeInstanceOf(Withheld);
    expect(error.message).toBe("X's own cap of posts is reached");
    expect(error.until!.getUTCDate()).toBe(17);
    expect(error.until!.getTime()).toBeGreaterThan(Date.now());
    expect(replay.ledger.asked.at(-1)).toBe('/2/usage/tweets');
  });

  test.each([
    [{ cap_reset_day: 17 }, '2026-11-03', '2026-11-17'],
    [{ cap_reset_day: '17' }, '2026-11-17', '2026-12-17'],
    [{ cap_reset_day: 31 }, '2026-02-03', '2026-02-28'],
    [{ cap_reset_day: 5 }, '2026-12-24', '2027-01-05'],
    [{ cap_reset_day: 40 }, '2026-11-03', '2026-12-01'],
    [undefined, '2026-12-03', '2027-01-01'],
  ])('%j on %s begins anew on %s', (data, today, until) => {
    expect(capReset({ data }, Date.parse(today)).toISOString().slice(0, 10)).toBe(until);
  });

  test('credits that are used up', async () => {
    const replay = await start({ trouble: problem(402, { title: 'CreditsDepleted' }) });
    expect(await thrown(replay)).toMatchObject({ name: 'Withheld', until: undefined });
  });

  test('the quota: nothing is asked where the least page may cost more than is left', async () => {
    const replay = await start();
    for (const [kind, least] of [
      ['search', 30],
      ['account', 15],
      ['quotes', 10],
      ['thread', 10],
      ['refresh', 1],
    ] as const) {
      const query = { ...search, kind, subjects: ['5'] };
      const error = (await thrown(replay, { query, most: least - 1 })) as Withheld;
      expect([kind, error.message]).toEqual([
        kind,
        'fewer posts of the month are left than the least page may cost',
      ]);
      expect(error.until).toEqual(nextMonth);
    }
    expect(replay.ledger.asked).toEqual([]);
    for (const kind of ['counts', 'reposts'] as const) {
      await opened(replay.service).page(asking({ query: { ...search, kind }, most: 0 }));
    }
    expect(replay.ledger.delivered).toBe(0);
  });

  test.each([30, 31, 44, 100, 299, 5000])('a page of at most %d posts brings no more', async most => {
    const replay = await start();
    const pages = await pagesOf(() => opened(replay.service), search, span, most);
    expect(Math.max(...pages.map(({ posts }) => posts))).toBeLessThanOrEqual(most);
    expect(pages.reduce((sum, { posts }) => sum + posts, 0)).toBe(replay.ledger.delivered);
    expect(replay.ledger.delivered).toBeGreaterThan(100);
  });
});

describe('time', () => {
  test.each([-300, -40, 40, 300])('is that of X, whose clock is %d seconds ahead', async aheadSeconds => {
    const replay = await start({ aheadSeconds });
    // Up to now, and from as far back as X goes: both ends are refused where the clock is wrong.
    const wide = { from: new Date(Date.now() - 168 * hour).toISOString(), to: new Date().toISOString() };
    const page = await opened(replay.service).page(asking({ span: wide }));
    expect(page.status).toBe(200);
    const theirs = Date.now() + aheadSeconds * 1000;
    expect(Date.parse(page.resume!)).toBeLessThanOrEqual(Math.max(theirs - 10_000, Date.now() - 10_000));
  });

  const now = Date.parse('2026-11-20T12:00:00.400Z');
  const day = { from: '2026-11-19T10:20:30.500Z', to: '2026-11-19T11:00:00.001Z' };
  const young = { from: '2026-11-20T11:45:00Z', to: '2026-11-20T12:00:00Z' };
  const begun = { from: '2026-11-13T12:00:05Z', to: '2026-11-20T11:50:00Z' };
  test.each([
    ['whole seconds', day, {}, '2026-11-19T10:20:30Z', '2026-11-19T11:00:01Z'],
    ['whole hours of counts', day, { byHour: true }, '2026-11-19T10:00:00Z', '2026-11-19T11:00:01Z'],
    ['no younger than half a minute', young, {}, '2026-11-20T11:45:00Z', '2026-11-20T11:59:30Z'],
    [
      'what is new, and what was too young before',
      young,
      { resume: '2026-11-20T11:54:30Z' },
      '2026-11-20T11:54:30Z',
      '2026-11-20T11:59:30Z',
    ],
    [
      'as far back as there is',
      { ...day, from: '2026-11-01T00:00:00Z' },
      {},
      '2026-11-13T12:15:01Z',
      '2026-11-19T11:00:01Z',
    ],
    [
      'the same with a token',
      young,
      { begun: { ...begun, from: '2026-11-19T10:20:30Z' } },
      '2026-11-19T10:20:30Z',
      begun.to,
    ],
    ['a reach that moved on', young, { begun }, '2026-11-13T12:00:11Z', begun.to],
    ['all of it in the archive', young, { begun, isRecent: false }, begun.from, begun.to],
  ])('is asked for in %s', (_, span, options, from, end) => {
    const asked = { now, resume: undefined, begun: undefined, isRecent: true, byHour: false, ...options };
    expect(stretchOf(span, asked)).toEqual({ from, to: end });
  });

  test('that X does not serve is not asked for', async () => {
    const replay = await start();
    const old = { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' };
    expect(await thrown(replay, { span: old })).toMatchObject({ name: 'Withheld', until: undefined });
    const now = new Date();
    const just = { from: now.toISOString(), to: new Date(now.getTime() + 1000).toISOString() };
    const error = (await thrown(replay, { span: just })) as Withheld;
    expect(error.until!.getTime()).toBeGreaterThan(now.getTime() + 29_000);
    expect(replay.ledger.asked).toEqual([]);
    const page = await opened(replay.service, { archive: true }).page(asking({ span: old }));
    expect(page).toMatchObject({ status: 200, posts: 0, next: undefined, resume: '2020-02-01T00:00:00Z' });
  });
});
