import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { World } from '../../activities/world.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import {
  accountEvent,
  ended,
  gelato,
  keepCaptures,
  ofAda,
  page,
  post,
  refresh,
  reposts,
  skyCampaign,
  stream,
  uriOf,
} from './skyCaptures.ts';

interface Sky {
  world: World;
  run(): Promise<unknown>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
}

function sky(pseudonymise: boolean): Sky {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const world = worldIn(lake);
  const file = skyCampaign(folder, pseudonymise);
  return {
    world,
    run: () => plainNight(world, file, 'sky', '2026-03-02/2026-03-03'),
    rows: sql => published(lake, 'sky', sql),
  };
}

/** Three posts; a limit withholds twenty minutes; then one post is gone and one account is away. */
function firstRound({ world }: Sky): Promise<void> {
  return keepCaptures(
    world,
    page(gelato, '12:00', {
      posts: [post('ada', '10:10', { likeCount: 3 }), post('bob', '10:20'), post('cem', '10:30')],
    }),
    ended(gelato, '08:00', '10:40'),
    ended(gelato, '10:40', '11:00', 'limited'),
    ended(gelato, '11:00', '12:00'),
    page(ofAda, '12:00', { feed: [{ post: post('ada', '10:10', { likeCount: 3 }) }] }),
    ended(ofAda, '08:00', '12:00'),
    ended(reposts(uriOf('ada')), '10:10', '12:00', 'limited'),
    page(refresh(uriOf('ada'), uriOf('bob')), '12:10', {
      posts: [post('ada', '10:10', { likeCount: 5, repostCount: 2 })],
    }),
    page(stream, '12:20', { events: [accountEvent('cem', '12:15', false)] }),
  );
}

const coverage = `SELECT query, CAST(hour AS VARCHAR) AS hour, fetched, staged, duplicates, deleted, limited, state,
  seconds_missed AS missed, silent FROM fct_coverage ORDER BY query, hour`;

describe('a night of what was collected', () => {
  it('says of every hour what was asked, covered and missed, and mends it when the hole is filled', async () => {
    const night = sky(false);
    await firstRound(night);
    await night.run();
    const at = (hour: number) => `2026-03-02 ${String(hour).padStart(2, '0')}:00:00`;
    const row = (
      query: string,
      hour: number,
      ...[fetched, staged, duplicates, deleted, limited]: number[]
    ) => ({
      ...{ query, hour: at(hour), fetched, staged, duplicates, deleted, limited },
      ...{ state: 'covered', missed: 0, silent: fetched === 0 },
    });
    const asked = { state: null, missed: null, silent: null };
    // Nobody asked after noon, though the campaign did not end then.
    const unasked = (query: string) =>
      Array.from({ length: 12 }, (_, place) => ({
        ...row(query, 12 + place, 0, 0, 0, 0, 0),
        ...{ state: 'partial', missed: 3600, silent: false },
      }));
    const expected = [
      row('account did:plc:ada', 8, 0, 0, 0, 0, 0),
      row('account did:plc:ada', 9, 0, 0, 0, 0, 0),
      row('account did:plc:ada', 10, 1, 0, 1, 0, 0),
      row('account did:plc:ada', 11, 0, 0, 0, 0, 0),
      ...unasked('account did:plc:ada'),
      { ...row('refresh', 10, 2, 1, 0, 1, 0), ...asked },
      { ...row('reposts', 10, 0, 0, 0, 0, 1), ...asked },
      row('search gelato', 8, 0, 0, 0, 0, 0),
      row('search gelato', 9, 0, 0, 0, 0, 0),
      // One is a row of what is gone, one of who is away.
      { ...row('search gelato', 10, 3, 0, 1, 2, 1), state: 'limited', missed: 1200 },
      row('search gelato', 11, 0, 0, 0, 0, 0),
      ...unasked('search gelato'),
    ];
    expect(await night.rows(coverage)).toEqual(expected);
    expect(await night.rows('SELECT message_id FROM fct_messages')).toEqual([
      { message_id: `bluesky:${uriOf('ada')}` },
    ]);
    expect(await night.rows('SELECT verdict, reason FROM dim_night')).toEqual([
      {
        verdict: 'partial',
        reason:
          'Every row that was read is staged, a duplicate or deleted. Of the hours of the interval that networks were to be asked about, 76 % were missed: see fct_coverage.',
      },
    ]);
    expect(await night.rows('SELECT author_id, hours_missed, is_partly_seen FROM fct_influencers')).toEqual([
      {
        author_id: 'bluesky:did:plc:ada',
        hours_missed: (1200 + 24 * 3600) / (32 * 3600),
        is_partly_seen: true,
      },
    ]);

    await keepCaptures(
      night.world,
      ended(gelato, '10:40', '11:00'),
      ended(reposts(uriOf('ada')), '10:10', '12:00'),
      page(stream, '12:50', { events: [accountEvent('cem', '12:45', true)] }),
    );
    await night.run();
    expect(await night.rows(coverage)).toEqual(
      expected
        .filter(({ query }) => query !== 'reposts')
        .map(one => (one.state === 'limited' ? row('search gelato', 10, 3, 1, 1, 1, 0) : one)),
    );
    expect(await night.rows('SELECT author_id FROM fct_messages ORDER BY author_id')).toEqual([
      { author_id: 'bluesky:did:plc:ada' },
      { author_id: 'bluesky:did:plc:cem' },
    ]);
  });

  it('keeps every capture of counts with its time, and no id of a person who leaves under another', async () => {
    const night = sky(true);
    await firstRound(night);
    await night.run();
    const pseudonym = (id: string) =>
      `bluesky:${createHmac('sha256', 'a key for tests only').update(`bluesky:${id}`).digest('hex').slice(0, 32)}`;
    expect(
      await night.rows(
        `SELECT message_id, CAST(captured_at AS VARCHAR) AS captured_at, age_seconds, likes, reshares FROM fct_captures
         ORDER BY captured_at`,
      ),
    ).toEqual([
      {
        message_id: pseudonym(uriOf('ada')),
        captured_at: '2026-03-02 12:00:00',
        age_seconds: 6600,
        likes: 3,
        reshares: null,
      },
      {
        message_id: pseudonym(uriOf('ada')),
        captured_at: '2026-03-02 12:10:00',
        age_seconds: 7200,
        likes: 5,
        reshares: 2,
      },
    ]);
    expect(await night.rows('SELECT DISTINCT query FROM fct_coverage ORDER BY query')).toEqual([
      { query: `account ${pseudonym('did:plc:ada')}` },
      { query: 'refresh' },
      { query: 'reposts' },
      { query: 'search gelato' },
    ]);
  });

  it('is empty, and says so, before anything was collected', async () => {
    const night = sky(true);
    await night.run();
    expect(await night.rows('SELECT verdict, reason, messages FROM dim_night')).toEqual([
      {
        verdict: 'empty',
        reason: 'No message lies within the window. Nothing of the interval was collected of sky.',
        messages: 0,
      },
    ]);
    expect(await night.rows('SELECT * FROM fct_coverage')).toEqual([]);
  });
});
