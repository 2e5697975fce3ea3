import { expect, test } from 'vitest';
import { mastodonSource } from '../../contracts/liveSources.ts';
import { politeClient } from '../../sources/http/politeClient.ts';
import { openMastodon } from '../../sources/mastodon/mastodonSource.ts';
import { idAt, timeOfId } from '../../sources/mastodon/snowflake.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { scriptedServer } from '../sources/faultServer.ts';
import { askThrough } from './asking.ts';

const from = Date.parse('2026-03-08T12:00:00.000Z');
const span = { from: new Date(from).toISOString(), to: '2026-03-10T12:00:00.000Z' };

/** How a server narrows a search. */
interface Ways {
  offset?: boolean;
  /** Ids as such, or as Mastodon does since 4.2: as times, cut to the second. */
  ids?: 'exact' | 'seconds';
}

function found(times: readonly number[], asked: URLSearchParams, { offset, ids }: Ways): number[] {
  const bound = (name: string) => {
    const time = timeOfId(asked.get(name)!)!;
    return ids === 'seconds' ? Math.floor(time / 1000) * 1000 : time;
  };
  const narrowed = times.filter(
    time => ids === undefined || (time >= bound('min_id') && time < bound('max_id')),
  );
  const first = offset ? Number(asked.get('offset') ?? 0) : 0;
  return narrowed.sort((a, b) => b - a).slice(first, first + Number(asked.get('limit')));
}

/** A search over statuses of these times, asked to its end. */
async function searched(times: readonly number[], ways: Ways) {
  const offsets: number[] = [];
  const server = await scriptedServer(({ path }) => {
    const asked = new URL(path, 'http://x').searchParams;
    offsets.push(Number(asked.get('offset') ?? 0));
    const statuses = found([...times], asked, ways).map(time => ({
      id: idAt(time),
      uri: `https://home.example/statuses/${time}`,
      created_at: new Date(time).toISOString(),
      content: 'gelato',
      visibility: 'public',
      account: { id: '1', uri: 'https://home.example/users/ada', acct: 'ada' },
    }));
    return { body: JSON.stringify({ statuses, accounts: [], hashtags: [] }) };
  });
  const client = politeClient();
  try {
    const settings = mastodonSource.parse({ type: 'mastodon', instances: [server.address] });
    const secrets = secretsOf('talk', { SILLAGE_TALK_TOKEN: 'canary' });
    const open = () => openMastodon({ ...settings, id: 'talk' }, { client, secrets, accounts: [] });
    const query = { kind: 'search' as const, label: 'search', subjects: ['gelato'], host: server.address };
    const { rows, pages } = await askThrough(open, query, { span });
    const seen = new Set(rows.map(row => Date.parse(row.created_at!)));
    return {
      seen: seen.size,
      farthest: Math.max(...offsets),
      holes: pages.flatMap(({ hole }) => hole ?? []),
    };
  } finally {
    await client.close();
    await server.close();
  }
}

/** Statuses from the beginning of the span on, so many milliseconds apart. */
const every = (milliseconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + 1000 + index * milliseconds);

test.each<[string, Ways, number, number]>([
  ['that narrows by ids', { offset: true, ids: 'exact' }, 18_000, 2600],
  ['that narrows by times', { offset: true, ids: 'seconds' }, 18_000, 2600],
  ['that narrows by times, several a second', { offset: true, ids: 'seconds' }, 130, 2600],
  ['that knows no offset', { ids: 'exact' }, 18_000, 300],
])('more results than may be asked for by offset, of a server %s', async (_, ways, apart, count) => {
  const { seen, farthest, holes } = await searched(every(apart, count), ways);
  expect([seen, holes]).toEqual([count, []]);
  expect(farthest).toBeLessThanOrEqual(1000);
});

test.each<[string, Ways, number, number, number]>([
  ['that heeds no ids', { offset: true }, 18_000, 2600, 1000],
  ['that knows neither', {}, 18_000, 300, 40],
  ['with more in a second than it shows', { ids: 'seconds' }, 1, 300, 40],
])('what can not be got to is a hole: a server %s', async (_, ways, apart, count, shown) => {
  const times = every(apart, count);
  const { seen, holes } = await searched(times, ways);
  expect(seen).toBe(shown);
  expect(holes).toEqual([{ from: span.from, to: new Date(times.at(-shown)!).toISOString() }]);
});
