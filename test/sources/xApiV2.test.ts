import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pick, readBytes, readPath, sharedData } from './reading.ts';

const read = (content: unknown) =>
  readBytes('x-api-v2', 'x.json', typeof content === 'string' ? content : JSON.stringify(content));
const post = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  author_id: '7',
  created_at: '2026-03-01T09:30:00.000Z',
  text: 'gelato',
  ...more,
});
const edges = ['message_id', 'kind', 'parent_id', 'root_id', 'reply_to_id', 'is_included'];

describe('X API v2', () => {
  it('maps references: a repost names its root, a post may quote in a reply', async () => {
    const { rows, findings } = await read({
      data: [
        post('1'),
        post('2', { referenced_tweets: [{ type: 'retweeted', id: '1' }] }),
        post('3', { referenced_tweets: [{ type: 'quoted', id: '1' }] }),
        post('4', { referenced_tweets: [{ type: 'replied_to', id: '3' }], conversation_id: '1' }),
        post('5', {
          referenced_tweets: [
            { type: 'replied_to', id: '4' },
            { type: 'quoted', id: '1' },
          ],
        }),
        post('6', { referenced_tweets: {} }),
      ],
      includes: { tweets: [post('1', { author_id: '8' })] },
      meta: { result_count: 6 },
    });
    expect(pick(rows, ...edges)).toEqual([
      ['x:1', 'post', null, null, null, false],
      ['x:2', 'reshare', null, 'x:1', null, false],
      ['x:3', 'quote', 'x:1', null, null, false],
      ['x:4', 'reply', 'x:3', 'x:1', null, false],
      ['x:5', 'quote', 'x:1', null, 'x:4', false],
      ['x:6', 'post', null, null, null, false],
      ['x:1', 'post', null, null, null, true],
    ]);
    expect(pick(rows, 'item').flat()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(findings).toEqual({ empty_object_lists: 1 });
  });

  it('takes followers from the users of the page, long text from the note, the time of capture from twarc', async () => {
    const { rows, findings } = await read({
      data: post('1', {
        text: 'short',
        note_tweet: { text: 'the whole of it' },
        lang: 'qme',
        public_metrics: { like_count: 3, impression_count: 40, new_metric: 1 },
        new_field: { deep: true },
      }),
      includes: { users: [{ id: '7', username: 'a', public_metrics: { followers_count: 12 } }] },
      __twarc: { retrieved_at: '2026-03-02T00:00:00+00:00' },
    });
    expect(
      pick(rows, 'text', 'language', 'followers', 'likes', 'views', 'captured_at', 'unmapped_fields'),
    ).toEqual([['the whole of it', null, 12, 3, 40, '2026-03-02 00:00:00', 2]]);
    expect(findings).toEqual({ 'unmapped:new_field': 1, 'unmapped:public_metrics.new_metric': 1 });
  });

  it('spells out shortened links, in the text and in the note', async () => {
    const urls = [
      { url: 'https://t.co/a', expanded_url: 'https://shop.example/$&' },
      { url: 'https://t.co/c' },
      'a link',
    ];
    const { rows } = await read({
      data: [
        post('1', { text: 'https://t.co/a, again https://t.co/a, not https://t.co/c', entities: { urls } }),
        post('2', { text: 'https://t.co/a', entities: { urls: {} } }),
        post('3', {
          text: 'short https://t.co/d',
          note_tweet: { text: 'long https://t.co/a', entities: { urls } },
        }),
      ],
    });
    expect(pick(rows, 'text').flat()).toEqual([
      'https://shop.example/$&, again https://shop.example/$&, not https://t.co/c',
      'https://t.co/a',
      'long https://shop.example/$&',
    ]);
  });

  it('reads one post or page a line, a list, and pages written over many lines', async () => {
    const page = { data: [post('1'), post('2')] };
    const readings = await Promise.all([
      read(`${JSON.stringify(post('1'))}\n${JSON.stringify({ data: [post('2')] })}\n`),
      read([post('1'), post('2')]),
      read(JSON.stringify(page, null, 2)),
      read(`\ufeff${JSON.stringify([page], null, 1)}`),
      read(`${JSON.stringify(post('1'), null, 2)}\n${JSON.stringify(post('2'), null, 2)}\n`),
    ]);
    for (const { rows, refusals } of readings) {
      expect([pick(rows, 'message_id').flat(), refusals]).toEqual([['x:1', 'x:2'], []]);
    }
  });

  it('reads deletions, and pages that hold nothing', async () => {
    const { rows, refusals, findings } = await read(
      [
        { delete: { tweet: { id: '5', author_id: '6' }, event_at: '2026-03-01T09:30:00Z' } },
        { data: { tweet_delete: { tweet: { id: '7' } } } },
        { meta: { result_count: 0 } },
        { errors: [{ title: 'Not Found' }] },
      ]
        .map(body => JSON.stringify(body))
        .join('\n'),
    );
    expect(pick(rows, 'line', 'message_id', 'is_deleted')).toEqual([
      [1, 'x:5', true],
      [2, 'x:7', true],
    ]);
    expect([refusals, findings]).toEqual([[], { page_errors: 1 }]);
  });

  it('refuses one by one what is no post', async () => {
    const { rows, refusals } = await read(
      `${JSON.stringify([post('1'), { id: '2', username: 'a', name: 'A' }, post('3', { text: 5 }), 7])}\n` +
        '{"id":5.7e17,"text":"a"}\n{"id":1219780709600124929,"text":"a","author_id":1,"created_at":"2026-03-01T09:30:00Z"}\n{"id":\n',
    );
    expect(pick(rows, 'line', 'message_id')).toEqual([
      [1, 'x:1'],
      [3, 'x:1219780709600124929'],
    ]);
    expect(pick(refusals, 'line', 'item', 'reason')).toEqual([
      [1, 1, 'is a user where a post is due'],
      [1, 2, 'post: text: expected string, received number'],
      [1, 3, 'is neither a post nor a page of posts'],
      [2, 0, 'message_id 5.7e17 has lost digits'],
      [4, 0, 'line is cut short: its JSON does not end'],
    ]);
  });

  const organisation = sharedData('x_v2_org_tweets.jsonl');
  it.skipIf(organisation === undefined)('reads the posts of a news organisation', async () => {
    const { rows, refusals, findings } = await readPath('x-api-v2', organisation!, 'org.jsonl');
    expect([rows.length, refusals.length, findings]).toEqual([500, 0, { empty_object_lists: 499 }]);
    expect(Object.groupBy(rows, row => String(row.kind)).reply).toHaveLength(1);
    expect(new Set(pick(rows, 'author_id', 'followers').map(String))).toEqual(
      new Set(['x:1652541,24122086']),
    );
  });

  const search = sharedData('x_v2_mock/tweets_search_recent.json');
  it.skipIf(search === undefined)('knows every documented field of a search', async () => {
    const entries: { response: unknown }[] = JSON.parse(readFileSync(search!, 'utf8'));
    const { rows, refusals, findings } = await read(
      entries.map(entry => JSON.stringify(entry.response)).join('\n'),
    );
    expect([pick(rows, 'is_included').flat(), refusals, findings]).toEqual([
      [false, false, false, true, true],
      [],
      { page_errors: 1 },
    ]);
  });
});
