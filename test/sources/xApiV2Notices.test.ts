import { describe, expect, it } from 'vitest';
import { xApiV1 } from '../../sources/xApiV1.ts';
import { xApiV2 } from '../../sources/xApiV2.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';

const metrics = { retweet_count: 5, quote_count: 6, reply_count: 7, like_count: 8, bookmark_count: 9 };
const post = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  author_id: '7',
  created_at: '2026-03-01T09:30:00.000Z',
  text: 'gelato',
  public_metrics: metrics,
  ...more,
});

describe('X tells besides posts', () => {
  it('their counts, which a repost shows of what it passes on', () => {
    const repost = { referenced_tweets: [{ type: 'retweeted', id: '1' }] };
    const { rows, findings } = mapBody(xApiV2, {
      data: [post('1', { withheld: { copyright: true } }), post('2', repost)],
    });
    expect(fieldsOf(rows, 'likes', 'reshares', 'quotes', 'replies')).toEqual([
      ['8', '5', '6', '7'],
      ['8', null, null, null],
    ]);
    const status = {
      id_str: '1',
      user: { id_str: '7' },
      text: 'a',
      favorite_count: 1,
      retweet_count: 2,
      quote_count: 3,
      reply_count: 4,
    };
    const old = mapBody(xApiV1, { ...status, id_str: '2', retweeted_status: status });
    expect(fieldsOf(old.rows, 'message_id', 'reshares', 'quotes', 'replies')).toEqual([
      ['2', null, null, null],
      ['1', '2', '3', '4'],
    ]);
    expect([findings, old.findings]).toEqual([{}, {}]);
  });

  it('a single post that is withheld somewhere is a post', () => {
    const { rows } = mapBody(xApiV2, { data: post('1', { withheld: { country_codes: ['DE'] } }) });
    expect(fieldsOf(rows, 'message_id', 'deleted')).toEqual([['1', null]]);
    expect(fieldsOf(mapBody(xApiV2, post('2', { withheld: {} })).rows, 'message_id')).toEqual([['2']]);
  });

  it('how many posts there are by the hour', () => {
    const bucket = (start: string, tweet_count: unknown) => ({
      start,
      end: '2026-03-01T23:00:00.000Z',
      tweet_count,
    });
    const page = {
      data: [
        bucket('2026-03-01T09:00:00.000Z', 4),
        bucket('2026-03-01T10:00:00.000Z', 0),
        bucket('2026-03-01T10:30:00.000Z', 5),
        bucket('2026-03-01T13:30:00+02:00', 6),
        bucket('soon', 7),
        bucket('2026-03-01T12:00:00Z', -1),
      ],
      meta: { total_tweet_count: 15 },
    };
    const { rows, counts, findings } = mapBody(xApiV2, page, asked('counts', ['gelato']));
    expect(counts).toEqual([
      { hour: '2026-03-01T09:00:00.000Z', expected: 4 },
      { hour: '2026-03-01T10:00:00.000Z', expected: 5 },
      { hour: '2026-03-01T11:00:00.000Z', expected: 6 },
    ]);
    expect([rows, findings]).toEqual([[], { counts_not_understood: 2 }]);
  });

  it('who passed a post on', () => {
    const users = {
      data: [{ id: '8', username: 'b' }, { username: 'c' }, { id: '9', mood: 1 }],
      meta: { result_count: 3 },
    };
    const { rows, reposters, findings } = mapBody(xApiV2, users, asked('reposts', ['1']));
    expect(reposters).toEqual([
      { platform: 'x', message: '1', account: '8' },
      { platform: 'x', message: '1', account: '9' },
    ]);
    expect(rows.map(row => row.refused)).toEqual(['user: id: expected text or a number']);
    expect(findings).toEqual({ 'unmapped:user.mood': 1 });
  });

  it('which posts and accounts are gone', () => {
    const error = (title: string, resource_type: string, value: string, more = {}) => ({
      title,
      resource_type,
      value,
      resource_id: value,
      parameter: 'ids',
      detail: '',
      type: 'about:blank',
      ...more,
    });
    const errors = [
      error('Not Found Error', 'tweet', '2'),
      error('Authorization Error', 'tweet', '3'),
      error('Not Found Error', 'tweet', '9', { parameter: 'referenced_tweets.id' }),
      error('Operational Error', 'tweet', '4'),
      error('Forbidden', 'user', '70', { detail: 'User has been suspended: [70].', parameter: 'id' }),
      error('Not Found Error', 'user', '71', { parameter: 'author_id' }),
      error('Not Found Error', 'user', 'ada', { parameter: 'entities.mentions.username' }),
      error('Not Found Error', 'user', '72', { parameter: 'entities.mentions.username' }),
      { title: 5 },
      'error',
    ];
    const refresh = mapBody(xApiV2, { data: [post('1')], errors }, asked('refresh', ['1', '2', '3', '4']));
    expect(fieldsOf(refresh.rows, 'message_id', 'deleted')).toEqual([
      ['2', 'true'],
      ['3', 'true'],
      ['1', null],
    ]);
    expect(refresh.accounts).toEqual([
      { platform: 'x', account: '70', state: 'suspended', at: null },
      { platform: 'x', account: '71', state: 'deleted', at: null },
    ]);
    expect(refresh.findings).toEqual({ page_errors: 10 });
    const search = mapBody(xApiV2, { data: [post('1')], errors }, asked('search', ['gelato']));
    expect(fieldsOf(search.rows, 'message_id', 'deleted')).toEqual([['1', null]]);
  });

  it('what compliance streams and jobs want done', () => {
    const event_at = '2026-03-02T00:00:00.000Z';
    const ofPost = (name: string) => ({ data: { [name]: { tweet: { id: '1', author_id: '7' }, event_at } } });
    const ofUser = (name: string) => ({ data: { [name]: { user: { id: '7' }, event_at } } });
    const posts = ['delete', 'tweet_delete', 'drop', 'undrop', 'withheld', 'tweet_edit'].map(ofPost);
    const users = [
      'user_delete',
      'user_undelete',
      'user_suspend',
      'user_unsuspend',
      'user_protect',
      'user_unprotect',
    ];
    const others = ['user_withheld', 'user_profile_modification', 'scrub_geo'];
    const { rows, accounts, findings } = mapBody(xApiV2, [
      ...posts,
      ...[...users, ...others].map(ofUser),
      { data: { user_delete: {} } },
      { id: '5', action: 'delete', created_at: event_at, redacted_at: event_at, reason: 'deleted' },
      { id: '6', action: 'delete', created_at: event_at, reason: 'protected' },
      { id: '8', action: 'delete', created_at: event_at, reason: 'scrub_geo' },
    ]);
    expect(
      rows.map(({ fields, refused }) => [fields.message_id, fields.author_id, fields.deleted, refused]),
    ).toEqual([
      ...Array.from({ length: 3 }, () => ['1', '7', 'true', undefined]),
      [undefined, undefined, undefined, 'user_delete: names nothing'],
      ['5', undefined, 'true', undefined],
      ['6', undefined, 'true', undefined],
    ]);
    expect(accounts.map(({ account, state, at }) => [account, state, at])).toEqual(
      ['deleted', 'active', 'suspended', 'active', 'deactivated', 'active'].map(state => [
        '7',
        state,
        event_at,
      ]),
    );
    expect(findings).toEqual({
      'notices:scrub_geo': 2,
      'notices:tweet_edit': 1,
      'notices:undrop': 1,
      'notices:user_profile_modification': 1,
      'notices:user_withheld': 1,
      'notices:withheld': 1,
    });
  });
});
