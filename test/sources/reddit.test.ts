import { describe, expect, it } from 'vitest';
import { reddit } from '../../sources/reddit.ts';
import { fieldsOf, mapBody } from './mapping.ts';
import { pick, readBytes } from './reading.ts';

const submission = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  name: `t3_${id}`,
  author: 'ada',
  author_fullname: 't2_ada',
  subreddit: 'gelato',
  title: 'Lemon &amp; salt',
  selftext: '',
  created_utc: 1_772_357_400,
  score: 12,
  num_comments: 3,
  num_crossposts: 1,
  is_self: true,
  ...more,
});
const comment = (id: string, parent: string, more: Record<string, unknown> = {}) => ({
  id,
  author: 'bob',
  author_fullname: 't2_bob',
  body: 'one scoop',
  link_id: 't3_a',
  parent_id: parent,
  created_utc: '1772357460',
  score: 2,
  replies: '',
  ...more,
});
const lines = (...bodies: unknown[]) => bodies.map(body => `${JSON.stringify(body)}\n`).join('');
const t1 = (data: unknown) => ({ kind: 't1', data });
const listing = (...children: unknown[]) => ({ kind: 'Listing', data: { after: null, children } });
const edges = ['message_id', 'author_id', 'kind', 'parent_id', 'root_id'] as const;

describe('Reddit', () => {
  it('is posts and comments, one a line', async () => {
    const { rows, refusals, findings } = await readBytes(
      'reddit',
      'RC.ndjson',
      lines(
        submission('a', { selftext: 'a &lt;b&gt;', retrieved_on: 1_772_400_000, view_count: 40 }),
        comment('b', 't3_a'),
        comment('c', 't1_b', { author_fullname: undefined, score: -5 }),
        submission('d', {
          crosspost_parent: 't3_a',
          crosspost_parent_list: [submission('a')],
          hide_score: true,
        }),
      ),
    );
    expect(pick(rows, ...edges, 'is_included')).toEqual([
      ['reddit:t3_a', 'reddit:t2_ada', 'post', null, null, false],
      ['reddit:t1_b', 'reddit:t2_bob', 'comment', 'reddit:t3_a', 'reddit:t3_a', false],
      ['reddit:t1_c', 'reddit:bob', 'comment', 'reddit:t1_b', 'reddit:t3_a', false],
      ['reddit:t3_d', 'reddit:t2_ada', 'reshare', null, 'reddit:t3_a', false],
      ['reddit:t3_a', 'reddit:t2_ada', 'post', null, null, true],
    ]);
    expect(pick(rows, 'text', 'created_at', 'captured_at', 'likes', 'views')).toEqual([
      ['Lemon & salt\n\na <b>', '2026-03-01 09:30:00', '2026-03-01 21:20:00', 12, 40],
      ['one scoop', '2026-03-01 09:31:00', null, 2, null],
      ['one scoop', '2026-03-01 09:31:00', null, null, null],
      ['Lemon & salt', '2026-03-01 09:30:00', null, null, null],
      ['Lemon & salt', '2026-03-01 09:30:00', null, 12, null],
    ]);
    expect([refusals, findings]).toEqual([[], {}]);
  });

  it('is listings of what is wrapped, with the answers below', () => {
    const answers = listing(t1(comment('c', 't1_b')), {
      kind: 'more',
      data: { count: 4, children: ['e', 'f'] },
    });
    const { rows, findings } = mapBody(reddit, [
      listing({ kind: 't3', data: submission('a') }),
      listing(t1(comment('b', 't3_a', { replies: answers })), t1(comment('d', 't3_a')), {
        kind: 't5',
        data: {},
      }),
    ]);
    expect(fieldsOf(rows, 'message_id', 'parent_id')).toEqual([
      ['t3_a', null],
      ['t1_b', 't3_a'],
      ['t1_c', 't1_b'],
      ['t1_d', 't3_a'],
    ]);
    expect(fieldsOf(rows.slice(0, 1), 'reshares', 'replies')).toEqual([['1', '3']]);
    expect(findings).toEqual({ answers_not_loaded: 4, other_things: 1 });
  });

  it('names by kind what archives write without', () => {
    const { rows } = mapBody(reddit, comment('b', 'a', { link_id: 'a' }));
    expect(fieldsOf(rows, 'message_id', 'parent_id', 'root_id')).toEqual([['t1_b', 't3_a', 't3_a']]);
    expect(fieldsOf(mapBody(reddit, comment('c', 'b', { link_id: 'a' })).rows, 'parent_id')).toEqual([
      ['t1_b'],
    ]);
  });

  it.each([
    submission('a', { author: '[deleted]', selftext: '[deleted]' }),
    submission('a', { selftext: '[removed]' }),
    submission('a', { removed_by_category: 'moderator' }),
    submission('a', { selftext: '[ Removed by Reddit ]' }),
    submission('a', { author: '[deleted]', author_fullname: undefined }),
  ])('leaves a tombstone of what is deleted or removed: %#', body => {
    expect(fieldsOf(mapBody(reddit, body).rows, 'message_id', 'deleted', 'text')).toEqual([
      ['t3_a', 'true', null],
    ]);
  });

  it('keeps what only speaks of removing', () => {
    const { rows } = mapBody(reddit, comment('b', 't3_a', { body: '[removed] was what it said' }));
    expect(fieldsOf(rows, 'deleted', 'text')).toEqual([[null, '[removed] was what it said']]);
  });

  it('is refused where something is missing, and unknown fields are counted', async () => {
    const { rows, refusals, findings } = await readBytes(
      'reddit',
      'r.ndjson',
      lines(
        comment('b', 't3_a', { novelty: 1 }),
        { ...comment('c', 't3_a'), created_utc: undefined },
        comment('d', 't3_a', { created_utc: 'soon' }),
        { ...submission('e'), title: 5 },
        {},
        { ...comment('f', 't3_a'), author: undefined, author_fullname: undefined },
      ),
    );
    expect(pick(rows, 'message_id', 'unmapped_fields')).toEqual([['reddit:t1_b', 1]]);
    expect(findings).toEqual({ 'unmapped:novelty': 1 });
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [2, 'comment: created_utc: expected text or a number'],
      [3, 'created_at soon is not a date and time like 2026-03-01T09:30:00Z'],
      [4, 'submission: title: expected string, received number'],
      [5, 'is neither a submission nor a comment'],
      [6, 'author_id is missing'],
    ]);
  });
});
