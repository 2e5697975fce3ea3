import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query, QueryKind } from '../../contracts/collection.ts';
import { idsOf, mappedOf, opened, pagesOf, settingsOf, token } from './xReading.ts';
import { type XReplay, xReplay } from './xReplay.ts';
import { type WorldPost, xWorld } from './xWorld.ts';

/** Everything here is answered by a replay of X API v2, not by X. */
const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour;
const world = xWorld({ seed: 7, accounts: 40, posts: 900, to, days: 5 });
const span = { from: new Date(to - 6 * 24 * hour).toISOString(), to: new Date(to).toISOString() };
const all = [...world.posts.values()];
const referring = (type: string, id: string) =>
  all.filter(post => post.references.some(to => to.type === type && to.id === id));
const most = (type: string): WorldPost =>
  all.reduce((a, b) => (referring(type, b.id).length > referring(type, a.id).length ? b : a));
const sorted = (posts: readonly WorldPost[]) => posts.map(({ id }) => id).sort();
const asked = (kind: QueryKind, ...subjects: string[]): Query => ({ kind, label: kind, subjects });

let replay: XReplay;
beforeAll(async () => {
  replay = await xReplay({ world, token, prefix: '/mirror' });
});
afterAll(() => replay.close());

const open = () => opened(replay.service);
const read = async (query: Query, archive = false, wanted = span) => {
  const source = opened(replay.service, { archive });
  const pages = await pagesOf(() => opened(replay.service, { archive }), query, wanted);
  return { pages, mapped: mappedOf(source, pages, query) };
};

describe('the source X, against a replay', () => {
  test('finds what a search should, page by page, with what was passed on, quoted and answered', async () => {
    const truth = all.filter(post => /\bgelato\b/i.test(post.text));
    for (const archive of [false, true]) {
      const { pages, mapped } = await read(asked('search', 'gelato'), archive);
      expect(pages).toHaveLength(Math.ceil(truth.length / (archive ? 500 : 100)));
      expect(idsOf(mapped).sort()).toEqual(sorted(truth));
      const along = mapped.flatMap(row =>
        'fields' in row && row.isIncluded ? [row.fields.message_id!] : [],
      );
      const origins = truth.flatMap(post => post.references.map(({ id }) => id));
      expect([...new Set(along)].sort()).toEqual([...new Set(origins)].sort());
      expect(pages.reduce((sum, page) => sum + page.posts, 0)).toBe(truth.length + along.length);
    }
  });

  test('asks for a stretch of time to the second, and no further', async () => {
    const middle = {
      from: new Date(to - 48 * hour).toISOString(),
      to: new Date(to - 24 * hour).toISOString(),
    };
    const { mapped } = await read(asked('search', 'gelato'), false, middle);
    const truth = all.filter(
      ({ text, at }) => text.includes('gelato') && at >= to - 48 * hour && at < to - 24 * hour,
    );
    expect(idsOf(mapped).sort()).toEqual(sorted(truth));
  });

  test('reads an account, its reposts too', async () => {
    const { mapped } = await read(asked('account', world.brand));
    expect(idsOf(mapped).sort()).toEqual(sorted(all.filter(({ author }) => author === world.brand)));
  });

  test('finds all of a conversation by its first post, and the answers to a later one', async () => {
    const root = all.reduce((a, b) => {
      const size = (post: WorldPost) => all.filter(({ conversation }) => conversation === post.id).length;
      return size(b) > size(a) ? b : a;
    });
    const talk = all.filter(({ conversation }) => conversation === root.id);
    expect(talk.length).toBeGreaterThan(2);
    expect(idsOf((await read(asked('thread', root.id))).mapped).sort()).toEqual(sorted(talk));
    const later = most('replied_to');
    const { mapped } = await read(asked('thread', later.id));
    const answers = referring('replied_to', later.id);
    expect(idsOf(mapped)).toEqual(expect.arrayContaining(sorted(answers)));
  });

  test('finds quotes, and the reposts of a message with their times', async () => {
    const quoted = most('quoted');
    const quotes = await read(asked('quotes', quoted.id));
    expect(idsOf(quotes.mapped).sort()).toEqual(sorted(referring('quoted', quoted.id)));
    const passed = most('retweeted');
    const records = await read(asked('records', passed.id));
    expect(idsOf(records.mapped).sort()).toEqual(sorted(referring('retweeted', passed.id)));
    expect(records.mapped.every(row => !('fields' in row) || row.fields.created_at !== null)).toBe(true);
  });

  test('learns who passed on without paying for posts', async () => {
    const passed = most('retweeted');
    const { pages } = await read(asked('reposts', passed.id));
    const body = JSON.parse(pages[0]!.body.toString('utf8')) as { data: { id: string }[] };
    const truth = new Set(referring('retweeted', passed.id).map(({ author }) => author));
    expect(body.data.map(({ id }) => id).sort()).toEqual([...truth].sort());
    expect(pages.map(({ posts }) => posts)).toEqual([0]);
  });

  test('counts by whole hours, for nothing', async () => {
    const ragged = { from: new Date(to - 5.5 * hour).toISOString(), to: span.to };
    const { pages } = await read(asked('counts', 'gelato'), false, ragged);
    const body = JSON.parse(pages[0]!.body.toString('utf8')) as {
      data: { start: string; tweet_count: number }[];
    };
    const truth = Array.from({ length: 6 }, (_, place) => {
      const begins = to - (6 - place) * hour;
      const found = all.filter(
        ({ text, at }) => text.includes('gelato') && at >= begins && at < begins + hour,
      );
      return [new Date(begins).toISOString(), found.length];
    });
    expect(body.data.map(({ start, tweet_count }) => [start, tweet_count])).toEqual(truth);
    expect(pages.map(({ posts }) => posts)).toEqual([0]);
  });

  test('looks up hundreds of posts, and keeps what X says of those that are gone', async () => {
    const own = await xReplay({ world: xWorld({ seed: 8, accounts: 5, posts: 230, to, days: 2 }), token });
    try {
      const ids = [...own.options.world.posts.keys()];
      const gone = ids.filter((_, place) => place % 50 === 7);
      own.options.world.remove(gone);
      const query = asked('refresh', ...ids);
      const pages = await pagesOf(() => opened(own.service), query, span);
      expect(pages.map(({ posts }) => posts)).toEqual([98, 98, 29]);
      const told = pages.flatMap(
        ({ body }) => (JSON.parse(body.toString('utf8')) as { errors?: { value: string }[] }).errors ?? [],
      );
      expect(told.map(({ value }) => value)).toEqual(gone);
    } finally {
      await own.close();
    }
  });

  test('asks for counts before it pays, then for posts, then for accounts', () => {
    const { standing, follows } = opened(replay.service, { search: ['gelato', '#gelato'], accounts: ['5'] }, [
      '5',
      '6',
    ]);
    expect(standing.map(({ query, reachHours }) => [query.kind, query.label, reachHours])).toEqual([
      ['counts', 'search gelato', 168],
      ['counts', 'search #gelato', 168],
      ['search', 'search gelato', 168],
      ['search', 'search #gelato', 168],
      ['account', 'account 5', undefined],
      ['account', 'account 6', undefined],
    ]);
    expect(follows).toEqual({ thread: 1, quotes: 1, reposts: 1, records: 1, refresh: 100 });
    expect(open().standing[0]!.query.subjects).toEqual(['gelato']);
    expect(settingsOf('').quota.posts_per_month).toBe(1_000_000);
  });
});
