import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { TwitterApi } from 'twitter-api-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { sharedData } from '../sources/reading.ts';
import { idsOf, mappedOf, opened, pagesOf, token } from './xReading.ts';
import { type XReplay, xReplay } from './xReplay.ts';
import { xWorld } from './xWorld.ts';

const hour = 3_600_000;
const to = Math.floor(Date.now() / hour) * hour;
const span = { from: new Date(to - 120 * hour).toISOString(), to: new Date(to).toISOString() };
let replay: XReplay;
beforeAll(async () => {
  replay = await xReplay({ world: xWorld({ seed: 11, accounts: 30, posts: 700, to, days: 5 }), token });
});
afterAll(() => replay.close());

/** What is read by somebody else's client, of the same replay. */
async function readBy(client: TwitterApi, query: Query): Promise<string[]> {
  const [subject] = query.subjects as [string];
  const fields = { max_results: 100 };
  const times = { start_time: span.from.replace('.000', ''), end_time: span.to.replace('.000', '') };
  const pages =
    query.kind === 'search'
      ? await client.v2.search(subject, { ...fields, ...times })
      : query.kind === 'account'
        ? await client.v2.userTimeline(subject, { ...fields, ...times })
        : await client.v2.quotes(subject, fields);
  const ids: string[] = [];
  for await (const post of pages) ids.push(post.id);
  return ids;
}

describe('the replay of X', () => {
  test("gives twitter-api-v2, which is somebody else's, the same posts as the source", async () => {
    const client = new TwitterApi(token, { httpAgent: new Agent() });
    // Its own way to ask another server is not for the public.
    (client.v2 as unknown as { setPrefix(prefix: string): void }).setPrefix(`${replay.service}/2/`);
    const { world } = replay.options;
    const [quote] = [...world.posts.values()].flatMap(({ references }) =>
      references.filter(({ type }) => type === 'quoted'),
    );
    for (const query of [
      { kind: 'search', label: '', subjects: ['gelato'] },
      { kind: 'search', label: '', subjects: ['#gelato -is:retweet'] },
      { kind: 'account', label: '', subjects: [world.brand] },
      { kind: 'quotes', label: '', subjects: [quote!.id] },
    ] satisfies Query[]) {
      const source = opened(replay.service);
      const pages = await pagesOf(() => source, query, span);
      const ids = idsOf(mappedOf(source, pages, query));
      expect(ids.length).toBeGreaterThan(0);
      expect(await readBy(client, query)).toEqual(ids);
    }
    const counted = await client.v2.tweetCountRecent('gelato', { granularity: 'hour' });
    const found = [...world.posts.values()].filter(({ text }) => text.includes('gelato'));
    expect(counted.meta.total_tweet_count).toBe(found.length);
  });

  const shapes = sharedData('x_v2_mock/tweets_search_recent.json');
  test.skipIf(shapes === undefined)('knows no field that the bodies of X do not have', async () => {
    const counts = { kind: 'counts', label: '', subjects: ['gelato'] } satisfies Query;
    const reposts = [...replay.options.world.posts.values()].flatMap(({ references }) =>
      references.flatMap(({ type, id }) => (type === 'retweeted' ? [id] : [])),
    );
    const asked: [string, Query][] = [
      ['tweets_search_recent', { ...counts, kind: 'search' }],
      ['tweets_counts_recent', counts],
      ['tweets_id_retweeted_by', { ...counts, kind: 'reposts', subjects: [reposts[0]!] }],
    ];
    for (const [file, query] of asked) {
      const [mock] = JSON.parse(readFileSync(sharedData(`x_v2_mock/${file}.json`)!, 'utf8'));
      const pages = await pagesOf(() => opened(replay.service), query, span);
      const known = new Set(fieldsOf(mock.response));
      for (const { body } of pages) {
        expect(fieldsOf(JSON.parse(body.toString('utf8'))).filter(field => !known.has(field))).toEqual([]);
      }
    }
  });
});

/** Paths of all fields, lists left out of them. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(item => fieldsOf(item, path)))];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, `${path}.${name}`));
}
