import { lexicons } from '@atproto/api';
import { describe, expect, it } from 'vitest';
import { bluesky } from '../../sources/bluesky.ts';
import {
  author,
  bob,
  eve,
  post,
  quote,
  quotedView,
  quoteWithPictures,
  record,
  reply,
  repost,
  repostRecord,
  shown,
  view,
} from './blueskyBodies.ts';
import { mapBody } from './mapping.ts';

/** All fields that a lexicon gives an object, or the answer to a query, each empty. */
function fieldsOf(uri: string): Record<string, null> {
  const found = lexicons.getDefOrThrow(uri) as unknown as Definition;
  const properties = found.properties ?? found.record?.properties ?? found.output?.schema?.properties ?? {};
  expect(Object.keys(properties).length, uri).toBeGreaterThan(0);
  return Object.fromEntries(Object.keys(properties).map(name => [name, null]));
}

interface Definition {
  properties?: object;
  record?: { properties?: object };
  output?: { schema?: { properties?: object } };
}

const filled = (uri: string, body: object) => ({ ...fieldsOf(uri), ...body });
const fullView = (key: string, more: object = {}) =>
  filled('app.bsky.feed.defs#postView', { ...view(post(key)), ...more });
const profile = (uri: string) => filled(uri, author(bob));
const all = [
  ['app.bsky.feed.searchPosts', { posts: [fullView('1')] }],
  [
    'app.bsky.feed.getPosts',
    { posts: [fullView('1', { author: profile('app.bsky.actor.defs#profileViewBasic') })] },
  ],
  [
    'app.bsky.feed.getQuotes',
    { posts: [fullView('1', { author: profile('app.bsky.actor.defs#profileViewDetailed') })] },
  ],
  [
    'app.bsky.feed.getAuthorFeed',
    {
      feed: [
        filled('app.bsky.feed.defs#feedViewPost', {
          post: fullView('1', { record: filled('app.bsky.feed.post', record()) }),
          reason: filled('app.bsky.feed.defs#reasonRepost', {
            by: author(bob),
            uri: repost('1'),
            indexedAt: '',
          }),
          reply: filled('app.bsky.feed.defs#replyRef', { parent: fullView('2'), root: fullView('3') }),
        }),
      ],
    },
  ],
  [
    'app.bsky.feed.getPostThread',
    {
      thread: filled('app.bsky.feed.defs#threadViewPost', {
        post: fullView('1'),
        replies: [filled('app.bsky.feed.defs#notFoundPost', { notFound: true })],
      }),
    },
  ],
  [
    'app.bsky.feed.getRepostedBy',
    { uri: post('1'), repostedBy: [profile('app.bsky.actor.defs#profileView')] },
  ],
  [
    'com.atproto.repo.listRecords',
    {
      records: [
        { uri: repost('1'), cid: 'c', value: filled('app.bsky.feed.repost', repostRecord(post('1'))) },
      ],
    },
  ],
] as const;

describe("Bluesky's lexicons", () => {
  it.each(all)('have no field in %s that is taken for a new one', (uri, body) => {
    const { rows, findings } = mapBody(bluesky, filled(uri, body));
    expect(rows.map(row => row.refused).filter(reason => reason !== undefined)).toEqual([]);
    expect(Object.keys(findings).filter(name => name.startsWith('unmapped'))).toEqual([]);
  });

  it.each([
    ['app.bsky.feed.post', record()],
    ['app.bsky.feed.post', record({ ...reply(post('2'), post('1')), langs: ['pt-BR'] })],
    ['app.bsky.feed.post', record(quote(post('1')))],
    ['app.bsky.feed.post', record(quoteWithPictures(post('1')))],
    ['app.bsky.feed.repost', repostRecord(post('1'), repost('2', eve))],
    ['app.bsky.feed.defs#postView', view(post('1'))],
    ['app.bsky.embed.record#view', shown(quotedView(post('1')))],
    ['app.bsky.actor.defs#profileViewBasic', author(bob)],
  ])('take the bodies of these tests for their own: %s %#', (uri, body) => {
    const known = JSON.parse(
      JSON.stringify(body).replaceAll('bafyrei', cid).replaceAll('did:plc:', 'did:plc:abcdefghijklmnopqrst'),
    );
    const told = lexicons.validate(uri, known);
    expect(told.success ? '' : told.error.message).toBe('');
  });
});

const cid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
