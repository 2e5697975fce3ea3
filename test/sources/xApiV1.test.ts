import { describe, expect, it } from 'vitest';
import { pick, readBytes, readPath, sharedData } from './reading.ts';

const read = (...bodies: unknown[]) =>
  readBytes('x-api-v1', 'x.json', bodies.map(body => `${JSON.stringify(body)}\n`).join(''));
const status = (id: string, more: Record<string, unknown> = {}) => ({
  id: Number(id),
  id_str: id,
  created_at: 'Sat Jul 19 14:53:39 +0000 2014',
  text: 'gelato',
  user: { id: 1, id_str: '7', followers_count: 12 },
  ...more,
});
const edges = ['message_id', 'kind', 'parent_id', 'root_id', 'reply_to_id', 'is_included'];

describe('X API v1.1', () => {
  it('prefers ids written as text, and reads its times', async () => {
    const { rows } = await read(status('445917982051179127', { lang: 'in', favorite_count: 3 }));
    expect(pick(rows, 'message_id', 'author_id', 'created_at', 'language', 'followers', 'likes')).toEqual([
      ['x:445917982051179127', 'x:7', '2014-07-19 14:53:39', 'id', 12, 3],
    ]);
  });

  it('keeps the digits of an id that stands only as a number', async () => {
    const text = JSON.stringify({ ...status('5'), id_str: undefined }).replace(
      '"id":5',
      '"id":445917982051179127',
    );
    const { rows } = await readBytes('x-api-v1', 'x.json', text);
    expect(pick(rows, 'message_id')).toEqual([['x:445917982051179127']]);
  });

  it('stages what stands inside a status, each status once', async () => {
    const quoted = status('1');
    const quoting = status('2', {
      quoted_status_id_str: '1',
      quoted_status: quoted,
      in_reply_to_status_id_str: '9',
    });
    const { rows } = await read(
      status('3', { retweeted_status: quoting, quoted_status: quoted, quoted_status_id_str: '1' }),
      status('4', { in_reply_to_status_id: 3, in_reply_to_status_id_str: '3' }),
    );
    expect(pick(rows, ...edges)).toEqual([
      ['x:3', 'reshare', null, 'x:2', null, false],
      ['x:2', 'quote', 'x:1', null, 'x:9', true],
      ['x:1', 'post', null, null, null, true],
      ['x:4', 'reply', 'x:3', null, null, false],
    ]);
  });

  it('takes the longest text there is', async () => {
    const { rows } = await read(
      status('1', { full_text: 'all of it' }),
      status('2', { extended_tweet: { full_text: 'even more' }, truncated: true }),
    );
    expect(pick(rows, 'text').flat()).toEqual(['all of it', 'even more']);
  });

  it('spells out shortened links', async () => {
    const entities = { urls: [{ url: 'http://t.co/a', expanded_url: 'https://shop.example/b' }] };
    const { rows } = await read(
      status('1', { text: 'see http://t.co/a', entities }),
      status('2', { extended_tweet: { full_text: 'see http://t.co/a there', entities } }),
    );
    expect(pick(rows, 'text').flat()).toEqual([
      'see https://shop.example/b',
      'see https://shop.example/b there',
    ]);
  });

  it('reads deletions, search pages and the notices of a stream', async () => {
    const { rows, refusals, findings } = await read(
      { delete: { status: { id: 5, id_str: '5', user_id_str: '7' } } },
      { statuses: [status('1'), status('2')], search_metadata: {} },
      { limit: { track: 5 } },
      'text',
    );
    expect(pick(rows, 'line', 'item', 'message_id', 'is_deleted')).toEqual([
      [1, 0, 'x:5', true],
      [2, 0, 'x:1', false],
      [2, 1, 'x:2', false],
    ]);
    expect(pick(refusals, 'line', 'reason')).toEqual([[4, 'is not a status']]);
    expect(findings).toEqual({ 'notices:limit': 1 });
  });

  const anonymised = sharedData('x_v1_tweets_anonymized.jsonl');
  it.skipIf(anonymised === undefined)('reads real statuses: 339 authors, 47 reposts, 8 replies', async () => {
    const { rows, refusals, findings } = await readPath('x-api-v1', anonymised!, 'x.jsonl');
    const direct = rows.filter(row => row.is_included === false);
    const count = (kind: string) => direct.filter(row => row.kind === kind).length;
    expect([direct.length, count('reshare'), count('reply'), count('quote'), refusals.length]).toEqual([
      359, 47, 8, 0, 0,
    ]);
    expect(new Set(pick(direct, 'author_id').flat()).size).toBe(339);
    expect(rows.length - direct.length).toBe(47);
    // Its languages are encrypted.
    expect(findings).toEqual({ languages_not_understood: 406 });
  });
});
