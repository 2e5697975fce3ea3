import { describe, expect, it } from 'vitest';
import type { Query } from '../../contracts/collection.ts';
import { hashtag, outcome, page, readSegments, segment } from './capturing.ts';
import { pick } from './reading.ts';

const read = (...segments: Buffer[]) => readSegments('captures-mastodon', ...segments);

function status(number: number, more: Record<string, unknown> = {}) {
  return {
    id: String(number),
    uri: `https://a.example/users/ada/statuses/${number}`,
    created_at: '2026-03-01T10:30:00.000Z',
    account: { uri: 'https://a.example/users/ada', acct: 'ada', followers_count: 12 },
    content: '<p>gelato</p>',
    ...more,
  };
}

describe('captures', () => {
  it('give their rows the query, the time of capture and the server that was asked', async () => {
    const elsewhere = { ...status(7), uri: 'https://b.example/7', in_reply_to_id: '6' };
    const { stg_rows } = await read(
      segment(page({ statuses: [status(1), elsewhere] })),
      segment(page(status(2), { captured_at: '2026-03-01T13:00:00Z' })),
    );
    expect(
      pick(stg_rows!, 'line', 'item', 'query', 'message_id', 'captured_at', 'local_host', 'local_parent'),
    ).toEqual([
      [
        1,
        0,
        'hashtag gelato',
        'mastodon:https://a.example/users/ada/statuses/1',
        '2026-03-01 12:00:00',
        'a.example',
        null,
      ],
      [1, 1, 'hashtag gelato', 'mastodon:https://b.example/7', '2026-03-01 12:00:00', 'a.example', '6'],
      [
        2,
        0,
        'hashtag gelato',
        'mastodon:https://a.example/users/ada/statuses/2',
        '2026-03-01 13:00:00',
        'a.example',
        null,
      ],
    ]);
  });

  it('count lines over all segments, and keep outcomes beside rows', async () => {
    const reposts: Query = {
      kind: 'reposts',
      label: 'reposts',
      subjects: ['https://a.example/users/ada/statuses/1'],
      known: 12,
    };
    const { stg_outcomes } = await read(
      segment(page(status(1)), outcome()),
      segment(outcome({ query: reposts, outcome: 'limited', reason: 'the server asks for patience' })),
    );
    expect(stg_outcomes).toEqual([
      {
        line: 2,
        item: 0,
        query: 'hashtag gelato',
        platform: 'mastodon',
        kind: 'hashtag',
        subject: null,
        account_id: null,
        known: null,
        span_from: '2026-03-01 09:00:00',
        span_to: '2026-03-01 12:00:00',
        outcome: 'covered',
        reason: '',
        captured_at: '2026-03-01 12:00:01',
      },
      {
        line: 3,
        item: 0,
        query: 'reposts',
        platform: 'mastodon',
        kind: 'reposts',
        subject: 'mastodon:https://a.example/users/ada/statuses/1',
        account_id: null,
        known: 12,
        span_from: '2026-03-01 09:00:00',
        span_to: '2026-03-01 12:00:00',
        outcome: 'limited',
        reason: 'the server asks for patience',
        captured_at: '2026-03-01 12:00:01',
      },
    ]);
  });

  it('say of each message that was asked about how that ended, by the name that all servers know', async () => {
    const about = (kind: 'refresh' | 'records', ...subjects: string[]): Query => ({
      kind,
      label: kind,
      subjects,
    });
    const { stg_outcomes } = await read(
      segment(
        outcome({ query: about('refresh', '1 https://a.example/1', '2 https://a.example/2') }),
        outcome({ query: about('records', 'https://a.example/users/bob', '1 https://a.example/1') }),
      ),
    );
    expect(pick(stg_outcomes!, 'line', 'kind', 'subject', 'account_id')).toEqual([
      [1, 'refresh', 'mastodon:https://a.example/1', null],
      [1, 'refresh', 'mastodon:https://a.example/2', null],
      [2, 'records', 'mastodon:https://a.example/1', 'mastodon:https://a.example/users/bob'],
    ]);
  });

  it('refuse what is no capture, no JSON or nested without end, and read what is around it', async () => {
    const { stg_rows, stg_refusals } = await read(
      segment(
        '{"what":"page","query":{}}',
        page('<html>502</html>'),
        page(`{"statuses":${'['.repeat(2501)}${']'.repeat(2501)}}`),
        page(`{"deep":${'['.repeat(100_000)}`),
        'not even JSON',
        '{"what":"page"',
        page({ ...status(1), content: `"\\${'['.repeat(300)}` }),
      ),
      Buffer.alloc(0),
      segment(page(status(2))),
    );
    expect(pick(stg_refusals!, 'line', 'query', 'reason')).toEqual([
      [1, null, 'line is not a capture'],
      [2, 'hashtag gelato', 'body is not JSON'],
      [3, 'hashtag gelato', 'body is nested deeper than 2500'],
      [4, 'hashtag gelato', 'body is nested deeper than 2500'],
      [5, null, 'line is not a capture'],
      [6, null, 'line is not a capture'],
    ]);
    expect(pick(stg_rows!, 'line', 'local_id')).toEqual([
      [7, '1'],
      [8, '2'],
    ]);
  });

  it('keep the rows before the place where a segment is cut, and say that it is', async () => {
    const lines = Array.from({ length: 3000 }, (_, place) =>
      page(status(place, { content: `${place}`.repeat(9) })),
    );
    const whole = segment(...lines);
    const { stg_rows, stg_refusals } = await read(whole.subarray(0, whole.length - 20), segment(lines[0]!));
    expect(stg_rows!.length).toBeGreaterThan(1);
    expect(pick(stg_refusals!, 'line', 'reason')).toEqual([
      [stg_rows!.length, 'the file ends in the middle of its zstd data'],
    ]);
    expect(stg_rows!.at(-1)).toMatchObject({ line: stg_rows!.length + 1, local_id: '0' });
  });

  it('leave empty tables where nothing was collected', async () => {
    expect(await read()).toEqual({
      stg_accounts: [],
      stg_counts: [],
      stg_findings: [],
      stg_outcomes: [],
      stg_refusals: [],
      stg_reposters: [],
      stg_rows: [],
      stg_summaries: [],
    });
  });

  it('carry ids beyond 2^53 as they stand', async () => {
    const body = JSON.stringify(status(1)).replace('"id":"1"', '"id":1219780709600124929');
    const { stg_rows } = await read(segment(page(body, { query: { ...hashtag, host: undefined } as Query })));
    expect(pick(stg_rows!, 'local_id', 'local_host')).toEqual([['1219780709600124929', 'a.example']]);
  });
});
