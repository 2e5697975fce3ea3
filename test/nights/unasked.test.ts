import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { World } from '../../activities/world.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { ended, gelato, keepCaptures, page, post, skyCampaign } from './skyCaptures.ts';

/** A collector that died at noon of 2 March, and what a night that begins at a given time makes of it. */
async function diedAtNoon() {
  const folder = temporaryFolder();
  const lake = join(folder, 'lake');
  const file = skyCampaign(folder, false);
  const at = (now: string): World => {
    const world = worldIn(lake);
    return { ...world, networks: { ...world.networks, now: () => new Date(now) } };
  };
  await keepCaptures(
    worldIn(lake),
    page(gelato, '12:00', { posts: [post('ada', '10:10'), post('bob', '10:20')] }),
    ended(gelato, '00:00', '12:00'),
  );
  return {
    run: (now: string, interval: string, more: { run?: string; pinned?: string } = {}) =>
      plainNight(at(now), file, 'sky', interval, more),
    night: () => published(lake, 'sky', 'SELECT verdict, reason FROM dim_night ORDER BY as_of DESC LIMIT 1'),
    people: () => published(lake, 'sky', 'SELECT DISTINCT hours_missed, is_partly_seen FROM fct_influencers'),
    hours: () =>
      published(
        lake,
        'sky',
        `SELECT state, count(*) AS hours, sum(seconds_missed) AS missed, CAST(max(hour) AS VARCHAR) AS newest
         FROM fct_coverage WHERE state IS NOT NULL GROUP BY state ORDER BY state`,
      ),
  };
}

const read = 'Every row that was read is staged, a duplicate or deleted.';

describe('hours that nobody asked about', () => {
  it('are missed, days after the collector died', async () => {
    const { run, night, people, hours } = await diedAtNoon();
    await run('2026-03-07T04:00:20.000Z', '2026-03-02/2026-03-07');
    expect(await hours()).toEqual([
      { state: 'covered', hours: 12, missed: 0, newest: '2026-03-02 11:00:00' },
      { state: 'partial', hours: 108, missed: 108 * 3600, newest: '2026-03-06 23:00:00' },
    ]);
    expect(await night()).toEqual([
      {
        verdict: 'partial',
        reason: `${read} Of the hours of the interval that networks were to be asked about, 90 % were missed: see fct_coverage.`,
      },
    ]);
    expect(await people()).toEqual([{ hours_missed: 0.9, is_partly_seen: true }]);
  });

  it('are those before the night began, and stay so when it is run again', async () => {
    const { run, night, hours } = await diedAtNoon();
    const told = [{ state: 'covered', hours: 12, missed: 0, newest: '2026-03-02 11:00:00' }];
    await run('2026-03-02T12:40:00.000Z', '2026-03-02/2026-03-04', { run: 'sky_first' });
    expect(await hours()).toEqual(told);
    expect(await night()).toEqual([{ verdict: 'complete', reason: read }]);
    for (const now of ['2026-03-02T20:40:00.000Z', '2026-03-05T04:00:00.000Z']) {
      await run(now, '2026-03-02/2026-03-04', { run: 'sky_first', pinned: 'sky_first' });
      expect(await hours()).toEqual(told);
    }
    await run('2026-03-05T04:00:00.000Z', '2026-03-02/2026-03-04');
    expect(await hours()).toMatchObject([{ hours: 12 }, { state: 'partial', hours: 36 }]);
  });

  it('lie before the first question too', async () => {
    const { run, night } = await diedAtNoon();
    await run('2026-03-07T04:00:20.000Z', '2026-03-01/2026-03-02');
    expect(await night()).toEqual([
      {
        verdict: 'empty',
        reason: 'No message lies within the window. Nothing of the interval was collected of sky.',
      },
    ]);
  });
});
