import { describe, expect, it } from 'vitest';
import { bluesky } from '../../sources/bluesky.ts';
import {
  ada,
  author,
  bob,
  eve,
  post,
  quote,
  quotedView,
  record,
  reply,
  repost,
  shown,
  view,
} from './blueskyBodies.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';
import { pick, readBytes } from './reading.ts';

const edges = ['message_id', 'kind', 'parent_id', 'root_id'] as const;
const isIncluded = (rows: { isIncluded?: boolean }[]) => rows.map(row => row.isIncluded === true);

describe('what Bluesky shows', () => {
  it('is a row a post, named by its at-URI and the DID of its author', async () => {
    const { rows, findings } = await readBytes(
      'bluesky',
      'b.json',
      JSON.stringify({
        posts: [view(post('1'), { record: record({ langs: ['pt-BR', 'en'] }) })],
        hitsTotal: 1,
        cursor: '1',
      }),
    );
    expect(
      pick(rows, 'message_id', 'author_id', 'created_at', 'kind', 'text', 'language', 'likes', 'followers'),
    ).toEqual([
      [`bluesky:${post('1')}`, `bluesky:${ada}`, '2026-03-01 09:30:00', 'post', 'gelato', 'pt', 3, null],
    ]);
    expect(findings).toEqual({});
  });

  it('carries the counts of the network, followers where they are shown, and the time of capture', () => {
    const body = view(post('1'), { author: { ...author(ada), followersCount: 12 } });
    const { rows } = mapBody(bluesky, { posts: [body] }, asked('search', ['gelato']));
    expect(fieldsOf(rows, 'likes', 'reshares', 'quotes', 'replies', 'followers', 'captured_at')).toEqual([
      ['3', '2', '4', '1', '12', '2026-03-10T00:00:00.000Z'],
    ]);
  });

  it('holds quoted posts, alone, beside pictures, or in one another: each once', () => {
    const inner = quotedView(post('3', eve));
    const quoted = quotedView(post('2', bob), {
      value: record(quote(post('3', eve))),
      embeds: [shown(inner)],
    });
    const withPictures = {
      $type: 'app.bsky.embed.recordWithMedia#view',
      record: shown(quoted),
      media: { $type: 'app.bsky.embed.images#view', images: [] },
    };
    const { rows } = mapBody(bluesky, {
      posts: [
        view(post('1'), { record: record(quote(post('2', bob))), embed: shown(quoted) }),
        view(post('4'), { record: record(quote(post('2', bob))), embed: withPictures }),
        view(post('5'), {
          embed: shown({ $type: 'app.bsky.embed.record#viewNotFound', uri: post('6'), notFound: true }),
        }),
        view(post('7'), {
          embed: shown({
            $type: 'app.bsky.feed.defs#generatorView',
            uri: `at://${eve}/app.bsky.feed.generator/a`,
          }),
        }),
      ],
    });
    expect(fieldsOf(rows, ...edges)).toEqual([
      [post('1'), 'quote', post('2', bob), null],
      [post('2', bob), 'quote', post('3', eve), null],
      [post('3', eve), 'post', null, null],
      [post('4'), 'quote', post('2', bob), null],
      [post('5'), 'post', null, null],
      [post('7'), 'post', null, null],
    ]);
    expect(isIncluded(rows)).toEqual([false, true, true, false, false, false]);
  });

  it('tells of a feed its reposts, with what they pass on and what is answered', () => {
    const reason = {
      $type: 'app.bsky.feed.defs#reasonRepost',
      by: author(bob),
      indexedAt: '2026-03-02T08:00:00.000Z',
    };
    const { rows, reposters, findings } = mapBody(bluesky, {
      cursor: 'next',
      feed: [
        { post: view(post('1')), reason: { ...reason, uri: repost('9'), cid: 'c' } },
        { post: view(post('2')), reason },
        { post: view(post('3', bob)), reason: { $type: 'app.bsky.feed.defs#reasonPin' } },
        {
          post: view(post('4', bob), { record: record(reply(post('2'), post('1'))) }),
          reply: {
            parent: view(post('2')),
            root: { $type: 'app.bsky.feed.defs#notFoundPost', uri: post('0'), notFound: true },
            grandparentAuthor: author(eve),
          },
        },
        { post: view(post('5', bob)), reason: { $type: 'app.bsky.feed.defs#reasonNew' } },
      ],
    });
    expect(fieldsOf(rows, ...edges, 'author_id', 'created_at')).toEqual([
      [repost('9'), 'reshare', null, post('1'), bob, '2026-03-02T08:00:00.000Z'],
      [post('1'), 'post', null, null, ada, '2026-03-01T09:30:00.000Z'],
      [post('2'), 'post', null, null, ada, '2026-03-01T09:30:00.000Z'],
      [post('3', bob), 'post', null, null, bob, '2026-03-01T09:30:00.000Z'],
      [post('4', bob), 'reply', post('2'), post('1'), bob, '2026-03-01T09:30:00.000Z'],
      [post('5', bob), 'post', null, null, bob, '2026-03-01T09:30:00.000Z'],
    ]);
    expect(isIncluded(rows)).toEqual([false, true, true, false, false, false]);
    expect(reposters).toEqual([{ platform: 'bluesky', message: post('2'), account: bob }]);
    expect(findings).toEqual({ not_found_posts: 1, unknown_reasons: 1 });
  });

  it('tells of a thread all that is there: what is answered, and answers', () => {
    const { rows, findings } = mapBody(
      bluesky,
      {
        thread: {
          $type: 'app.bsky.feed.defs#threadViewPost',
          post: view(post('2'), { record: record(reply(post('1'))) }),
          parent: { post: view(post('1')), threadContext: {} },
          replies: [
            { post: view(post('3', bob), { record: record(reply(post('2'), post('1'))) }), replies: [] },
            { uri: post('4'), notFound: true },
            { uri: post('5'), blocked: true, author: { did: eve } },
          ],
        },
        threadgate: { uri: `at://${ada}/app.bsky.feed.threadgate/1` },
      },
      asked('thread', [post('2')]),
    );
    expect(fieldsOf(rows, ...edges)).toEqual([
      [post('2'), 'reply', post('1'), post('1')],
      [post('1'), 'post', null, null],
      [post('3', bob), 'reply', post('2'), post('1')],
    ]);
    expect([isIncluded(rows), findings]).toEqual([
      [false, false, false],
      { blocked_posts: 1, not_found_posts: 1 },
    ]);
  });

  it('is read however deep a thread goes', () => {
    const depth = 20_000;
    let thread: unknown = { post: view(post(String(depth))) };
    for (let key = depth - 1; key >= 0; key -= 1)
      thread = { post: view(post(String(key))), replies: [thread] };
    const { rows } = mapBody(bluesky, { thread });
    expect([rows.length, rows.at(-1)!.fields.message_id]).toEqual([depth + 1, post(String(depth))]);
  });

  it('names who passed a message on', () => {
    const body = {
      uri: post('1'),
      cursor: 'a',
      repostedBy: [author(bob), { handle: 'nobody' }, { ...author(eve), mood: 1 }],
    };
    const { rows, reposters, findings } = mapBody(bluesky, body, asked('reposts', [post('1')]));
    expect(reposters).toEqual([
      { platform: 'bluesky', message: post('1'), account: bob },
      { platform: 'bluesky', message: post('1'), account: eve },
    ]);
    expect(rows.map(row => row.refused)).toEqual([
      'reposted by: account: did: expected string, received undefined',
    ]);
    expect(findings).toEqual({ 'unmapped:repostedBy.mood': 1 });
  });

  it('counts fields of the network that nobody knows, and refuses what is no post', async () => {
    const odd = view(post('1'), { novelty: 1, author: { ...author(ada), mood: 'sunny' } });
    const { rows, refusals, findings } = await readBytes(
      'bluesky',
      'b.ndjson',
      [
        odd,
        { ...view(post('2')), author: undefined },
        {},
        { posts: [7, view('at://ada.example/app.bsky.feed.post/1')] },
        { novelty: [] },
      ]
        .map(body => `${JSON.stringify(body)}\n`)
        .join(''),
    );
    expect(pick(rows, 'message_id', 'unmapped_fields')).toEqual([[`bluesky:${post('1')}`, 2]]);
    expect(findings).toEqual({ 'unmapped:author.mood': 1, 'unmapped:novelty': 1 });
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [2, 'post: author: expected object, received undefined'],
      [3, 'is no post, record, event or page of Bluesky'],
      [4, 'post: expected object, received number'],
      [4, 'uri: expected an at-URI of a DID'],
      [5, 'is no post, record, event or page of Bluesky'],
    ]);
  });
});
