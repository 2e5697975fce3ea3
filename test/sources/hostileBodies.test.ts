import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountStates, queryKinds } from '../../contracts/collection.ts';
import { messageFields } from '../../contracts/message.ts';
import { mapperOf } from '../../sources/platformBodies.ts';
import {
  post as blueskyPost,
  commit,
  quote,
  quotedView,
  record,
  reply,
  repostRecord,
  shown,
  view,
} from './blueskyBodies.ts';
import { asked, mapBody } from './mapping.ts';

const status = {
  id: '1',
  uri: 'https://home.example/1',
  created_at: '2026-03-01T09:30:00Z',
  account: { acct: 'a', uri: 'https://home.example/a' },
  content: '<p>a</p>',
};
const tweet = {
  id: '1',
  author_id: '7',
  text: 'a',
  public_metrics: { like_count: 1 },
  referenced_tweets: [{ type: 'quoted', id: '2' }],
};
const v1 = { id_str: '1', user: { id_str: '7' }, text: 'a', created_at: 'Sat Jul 19 14:53:39 +0000 2014' };
const submission = {
  id: 'a',
  author: 'b',
  title: 't',
  selftext: 's',
  created_utc: 1,
  crosspost_parent_list: [],
};
const comment = { id: 'a', author: 'b', body: 's', link_id: 't3_a', parent_id: 't3_a', created_utc: 1 };
const snippet = {
  videoId: 'v',
  textOriginal: 'a',
  publishedAt: '2026-03-01T09:30:00Z',
  authorChannelId: { value: 'c' },
};

/** A good body of each shape, to be spoiled. */
const bodies = {
  bluesky: [
    { posts: [view(blueskyPost('1'), { embed: shown(quotedView(blueskyPost('2'))) })] },
    {
      feed: [
        {
          post: view(blueskyPost('1')),
          reply: { parent: view(blueskyPost('2')) },
          reason: { by: { did: 'did:plc:a' }, indexedAt: '' },
        },
      ],
    },
    {
      thread: {
        post: view(blueskyPost('1')),
        parent: { notFound: true },
        replies: [{ post: view(blueskyPost('2')) }],
      },
    },
    { uri: blueskyPost('1'), repostedBy: [{ did: 'did:plc:a' }] },
    {
      records: [
        {
          uri: blueskyPost('1'),
          value: record({
            ...reply(blueskyPost('2')),
            ...quote(blueskyPost('3')),
            facets: [{ index: { byteStart: 0, byteEnd: 1 }, features: [{ uri: 'https://a.example' }] }],
          }),
        },
      ],
    },
    {
      events: [
        commit('create', '1', record()),
        commit('create', '2', repostRecord(blueskyPost('1')), 'app.bsky.feed.repost'),
        commit('delete', '3'),
      ],
    },
    { did: 'did:plc:a', time_us: 1, kind: 'account', account: { active: false, status: 'deleted' } },
    { error: 'NotFound', message: 'a', repos: [{ did: 'did:plc:a', active: false }] },
  ],
  mastodon: [
    [status],
    { ...status, reblog: status, quote: { quoted_status: status } },
    { ancestors: [status], descendants: [] },
  ],
  'x-api-v2': [
    {
      data: [tweet],
      includes: { users: [{ id: '7' }], tweets: [tweet] },
      errors: [{ title: 'Not Found Error', resource_type: 'tweet', value: '1' }],
    },
    { data: [{ start: '2026-03-01T09:00:00Z', end: '', tweet_count: 1 }] },
    { data: { user_delete: { user: { id: '1' }, event_at: '' } } },
  ],
  'x-api-v1': [{ ...v1, retweeted_status: v1 }, { delete: { status: { id_str: '1' } } }],
  reddit: [
    submission,
    {
      kind: 'Listing',
      data: {
        children: [
          {
            kind: 't1',
            data: {
              ...comment,
              replies: { kind: 'Listing', data: { children: [{ kind: 'more', data: { count: 1 } }] } },
            },
          },
        ],
      },
    },
  ],
  youtube: [
    {
      items: [
        {
          snippet: { topLevelComment: { id: 'a', snippet }, videoId: 'v' },
          replies: { comments: [{ id: 'b', snippet }] },
        },
      ],
    },
    { id: 'v', snippet: { title: 't', channelId: 'c', publishedAt: '' }, statistics: { viewCount: '1' } },
  ],
} as const;

const oddities = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    {},
    [],
    [null],
    '',
    0,
    -1,
    1e300,
    '__proto__',
    { constructor: 1, toString: 5 },
    'at://did:plc:a/b/c',
    '\ud800',
  ),
);

/** Every place in a body, as a way down to it. */
function placesOf(value: unknown, way: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...way, name]))];
}

function spoiled(value: unknown, [name, ...way]: string[], oddity: unknown): unknown {
  if (name === undefined) return oddity;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = spoiled(copy[name], way, oddity);
  return copy;
}

const contexts = fc.option(
  fc.record({
    kind: fc.constantFrom(...queryKinds),
    subject: fc.constantFrom(blueskyPost('1'), 'did:plc:a', '1', '1 https://home.example/1'),
    status: fc.constantFrom(200, 400, 404, 410),
  }),
  { nil: undefined },
);

describe('a body of somebody else', () => {
  it.each(Object.entries(bodies))('of %s makes rows of text, whatever stands in it', (format, shapes) => {
    const mapper = mapperOf(format as keyof typeof bodies);
    const ways = shapes.flatMap(shape => placesOf(shape).map(way => [shape, way] as const));
    const spoiling = fc
      .tuple(fc.constantFrom(...ways), oddities)
      .map(([[shape, way], oddity]) => spoiled(shape, way, oddity));
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: spoiling }, oddities), contexts, (body, context) => {
        const page = context && asked(context.kind, [context.subject], context.status);
        const { rows, accounts, reposters, counts } = mapBody(mapper, body, page);
        for (const { fields, refused } of rows) {
          expect(
            Object.keys(fields).filter(name => !(messageFields as readonly string[]).includes(name)),
          ).toEqual([]);
          for (const value of Object.values(fields))
            expect(value == null || typeof value === 'string').toBe(true);
          expect(refused === undefined || refused.length > 0).toBe(true);
        }
        for (const { account, state } of accounts)
          expect([typeof account, accountStates.includes(state)]).toEqual(['string', true]);
        for (const { message, account } of reposters)
          expect([typeof message, typeof account]).toEqual(['string', 'string']);
        for (const { expected } of counts) expect(Number.isSafeInteger(expected)).toBe(true);
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  it.each(Object.entries(bodies))('of %s is understood where nothing is spoiled', (format, shapes) => {
    const mapper = mapperOf(format as keyof typeof bodies);
    const refused = shapes.flatMap(shape => mapBody(mapper, shape).rows.map(row => row.refused));
    expect(refused.filter(reason => reason !== undefined)).toEqual([]);
  });
});
