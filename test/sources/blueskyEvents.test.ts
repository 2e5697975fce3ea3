import { describe, expect, it } from 'vitest';
import { bluesky } from '../../sources/bluesky.ts';
import {
  ada,
  bob,
  commit,
  eve,
  post,
  record,
  reply,
  repost,
  repostRecord,
  time_us,
} from './blueskyBodies.ts';
import { asked, fieldsOf, mapBody } from './mapping.ts';
import { pick, readBytes } from './reading.ts';

const seconds = (count: number) => time_us + count * 1e6;
const account = (did: string, active: boolean, status?: string) => ({
  did,
  time_us,
  kind: 'account',
  account: { active, did, seq: 9, time: '2030-01-01T00:00:00Z', ...(status !== undefined && { status }) },
});

describe('events of Bluesky', () => {
  it('are messages, their changes and deletions, captured when they were passed on', async () => {
    const events = [
      commit('create', '1', record()),
      { ...commit('update', '1', record({ text: 'sorbet' })), time_us: seconds(5) },
      commit('create', '2', record(reply(post('1'))), undefined, bob),
      commit('create', '3', repostRecord(post('1'), repost('0', eve)), 'app.bsky.feed.repost', bob),
      { ...commit('delete', '2', undefined, undefined, bob), time_us: seconds(9) },
      commit('delete', '3', undefined, 'app.bsky.feed.repost', bob),
      commit('create', '4', { $type: 'app.bsky.feed.like' }, 'app.bsky.feed.like'),
      commit('delete', '4', undefined, 'app.bsky.feed.like'),
      commit('delete', 'self', undefined, 'app.bsky.actor.profile'),
      {
        did: ada,
        time_us,
        kind: 'identity',
        identity: { did: ada, handle: 'ada.example', seq: 1, time: '' },
      },
      { did: ada, time_us, kind: 'sync' },
    ];
    const { rows, refusals, findings } = await readBytes(
      'bluesky',
      'events.ndjson',
      events.map(event => `${JSON.stringify(event)}\n`).join(''),
    );
    const captured = (second: string) => `2026-03-01 09:30:${second}`;
    expect(pick(rows, 'message_id', 'kind', 'text', 'captured_at', 'is_deleted')).toEqual([
      [`bluesky:${post('1')}`, 'post', 'gelato', captured('01'), false],
      [`bluesky:${post('1')}`, 'post', 'sorbet', captured('06'), false],
      [`bluesky:${post('2', bob)}`, 'reply', 'gelato', captured('01'), false],
      [`bluesky:${repost('3')}`, 'reshare', null, captured('01'), false],
      [`bluesky:${post('2', bob)}`, null, null, captured('10'), true],
      [`bluesky:${repost('3')}`, null, null, captured('01'), true],
    ]);
    // The repost says that it is of a later time than that at which it was seen.
    expect([refusals, findings]).toEqual([
      [],
      { created_at_doubtful: 1, likes_not_staged: 2, other_records: 1, unknown_events: 1 },
    ]);
  });

  it('tell the states of accounts, at the time of who passed them on', () => {
    const events = [
      account(ada, false, 'deactivated'),
      account(ada, true),
      account(bob, false, 'takendown'),
      account(bob, false, 'suspended'),
      account(eve, false, 'deleted'),
      account(eve, false),
      account(eve, false, 'throttled'),
    ];
    const { rows, accounts, findings } = mapBody(bluesky, { events }, asked('stream', []));
    expect(accounts.map(one => [one.account, one.state, one.at])).toEqual([
      [ada, 'deactivated', '2026-03-01T09:30:01.000000Z'],
      [ada, 'active', '2026-03-01T09:30:01.000000Z'],
      [bob, 'suspended', '2026-03-01T09:30:01.000000Z'],
      [bob, 'suspended', '2026-03-01T09:30:01.000000Z'],
      [eve, 'deleted', '2026-03-01T09:30:01.000000Z'],
      [eve, 'deactivated', '2026-03-01T09:30:01.000000Z'],
    ]);
    expect([rows, findings]).toEqual([[], { account_states_not_understood: 1 }]);
  });

  it('are refused where they name nobody, and counted where they hold what nobody knows', () => {
    const { rows, findings } = mapBody(bluesky, {
      events: [
        { ...commit('create', '1', record()), did: 'ada.example' },
        { ...commit('create', '', record()) },
        commit('create', '2'),
        { ...commit('create', '3', record()), novelty: 1 },
        { ...commit('create', '4', record()), time_us: 'soon' },
        'event',
      ],
    });
    expect(rows.map(row => row.refused)).toEqual([
      'event: did: expected a DID',
      expect.stringMatching(/^event: commit\.rkey: /),
      'post: expected object, received undefined',
      undefined,
      undefined,
      'event: expected object, received string',
    ]);
    expect(fieldsOf(rows.slice(2, 5), 'message_id', 'created_at', 'captured_at')).toEqual([
      [post('2'), null, '2026-03-01T09:30:01.000000Z'],
      [post('3'), '2026-03-01T09:30:00.000Z', '2026-03-01T09:30:01.000000Z'],
      [post('4'), '2026-03-01T09:30:00.000Z', null],
    ]);
    expect(findings).toEqual({ 'unmapped:novelty': 1 });
  });
});
