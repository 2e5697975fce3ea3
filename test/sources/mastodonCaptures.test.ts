import { describe, expect, it } from 'vitest';
import { mastodon } from '../../sources/mastodon.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';

const host = 'https://home.example';
const uri = (id: string) => `${host}/users/ada/statuses/${id}`;
const account = (name: string, more: Record<string, unknown> = {}) => ({
  acct: name,
  uri: `${host}/users/${name}`,
  followers_count: 4,
  ...more,
});
const status = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  uri: uri(id),
  created_at: '2026-03-01T09:30:00.000Z',
  account: account('ada'),
  content: '<p>gelato</p>',
  favourites_count: 1,
  reblogs_count: 2,
  quotes_count: 3,
  replies_count: 4,
  ...more,
});

describe('pages of Mastodon', () => {
  it('are lists of statuses with their counts; a boost has none of its own', () => {
    const { rows } = mapBody(
      mastodon,
      [status('1'), status('2', { reblog: status('1') }), 7],
      asked('hashtag', ['gelato']),
    );
    expect(fieldsOf(rows, 'message_id', 'kind', 'likes', 'reshares', 'quotes', 'replies')).toEqual([
      [uri('1'), 'post', '1', '2', '3', '4'],
      [uri('2'), 'reshare', '1', null, null, null],
      [uri('1'), 'post', '1', '2', '3', '4'],
      [null, null, null, null, null, null],
    ]);
    expect(rows[3]!.refused).toBe('is not a status');
    expect(mapBody(mastodon, [], asked('hashtag', ['gelato'])).rows).toEqual([]);
  });

  it('name who boosted the message that was asked about', () => {
    const { rows, reposters, findings } = mapBody(
      mastodon,
      [
        account('bob'),
        account('eve', { uri: null, url: `${host}/@eve` }),
        { acct: 'nobody' },
        account('dan', { mood: 1 }),
      ],
      asked('reposts', [`117 ${uri('1')}`]),
    );
    expect(reposters).toEqual(
      [`${host}/users/bob`, `${host}/@eve`, `${host}/users/dan`].map(name => ({
        platform: 'mastodon',
        message: uri('1'),
        account: name,
      })),
    );
    expect(rows.map(row => row.refused)).toEqual(['account: has neither uri nor url']);
    expect(findings).toEqual({ 'unmapped:account.mood': 1 });
  });

  it('say how an account is that was looked up, and whether its own server has it no more', () => {
    const ada = `${host}/users/ada`;
    const of = (body: unknown, code = 200, subject = ada, server = host) => {
      const context = asked('account', [subject], code);
      const query = { ...context.query, host: server };
      return mapBody(mastodon, body, { ...context, query });
    };
    const state = (name: string) => [{ platform: 'mastodon', account: ada, state: name, at: null }];
    expect(of(account('ada')).accounts).toEqual(state('active'));
    expect(of({ accounts: [account('ada', { suspended: true })], statuses: [] }).accounts).toEqual(
      state('suspended'),
    );
    expect(of({ error: 'Gone' }, 410).accounts).toEqual(state('deleted'));
    // Other servers may never have known it, and a name alone is no account.
    expect(of({ error: 'Record not found' }, 404, ada, 'https://away.example').accounts).toEqual([]);
    expect(of({ error: 'Record not found' }, 404, '@ada@home.example').accounts).toEqual([]);
    expect(of([status('1')]).rows).toHaveLength(1);
  });

  it('hold nothing that is meant for few', () => {
    const { rows, findings } = mapBody(
      mastodon,
      [
        status('1', { visibility: 'private' }),
        status('2', { visibility: 'direct' }),
        status('3', { visibility: 'public', reblog: status('1', { visibility: 'private' }) }),
        status('4', { visibility: 'unlisted' }),
      ],
      asked('account', ['@ada@home.example']),
    );
    expect(fieldsOf(rows, 'message_id')).toEqual([[uri('4')]]);
    expect(findings).toEqual({ not_public: 3 });
  });

  it('say what is gone: not there on its own, or missing from a list', () => {
    const gone = { error: 'Record not found' };
    const deleted = (
      subjects: string[],
      body: unknown,
      code: number,
      kind: 'refresh' | 'thread' | 'reposts' = 'refresh',
    ) => fieldsOf(mapBody(mastodon, body, asked(kind, subjects, code)).rows, 'message_id', 'deleted');
    expect(deleted([`117 ${uri('1')}`], gone, 404)).toEqual([[uri('1'), 'true']]);
    expect(deleted([uri('1')], gone, 410, 'thread')).toEqual([[uri('1'), 'true']]);
    expect(deleted([uri('1')], gone, 404, 'reposts')).toEqual([]);
    expect(deleted([uri('1')], gone, 401)).toEqual([]);
    // Which of both is not there is not said.
    expect(deleted([`1 ${uri('1')}`, `2 ${uri('2')}`], gone, 404)).toEqual([]);
    expect(deleted([`1 ${uri('1')}`, `2 ${uri('2')}`], [status('2')], 200)).toEqual([
      [uri('2'), null],
      [uri('1'), 'true'],
    ]);
    expect(deleted([`2 ${uri('2')}`], status('2'), 200)).toEqual([[uri('2'), null]]);
    expect(mapBody(mastodon, gone, asked('thread', [uri('1')], 404)).findings).toEqual({ page_errors: 1 });
  });
});
