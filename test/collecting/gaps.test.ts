import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { campaignAgain } from '../../activities/repair/campaignAgain.ts';
import { findGaps } from '../../activities/repair/gaps.ts';
import type { World } from '../../activities/world.ts';
import { FatalError } from '../../contracts/errors.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { Killed, killedIn, troubled } from './trouble.ts';
import { Village } from './village.ts';

const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d }';
const start = '2026-03-10T12:00:00.000Z';
const staged =
  'SELECT DISTINCT message_id AS id FROM stg_rows WHERE NOT is_deleted AND NOT is_included ORDER BY 1';

async function gapsOf(world: World) {
  return findGaps(world, await campaignAgain(world.lake, 'village'));
}

async function stagedIn(world: World, file: string): Promise<string[]> {
  return (await collected<{ id: string }>(world, file, staged)).map(({ id }) => id);
}

function reachedIn(village: Village): string[] {
  return [...village.reached('2026-03-08T12:00:00.000Z')].map(uri => `bluesky:${uri}`).sort();
}

describe('a hole', () => {
  it('that the network tells of on the way is not covered by what is around it', async () => {
    const village = new Village(10, start);
    village.talk(20, 20);
    const folder = folderOfTest();
    const file = campaignOf(folder, source);
    const hole = { from: '2026-03-10T06:00:00.000Z', to: '2026-03-10T08:30:00.000Z' };
    const world = troubled(worldIn(folder), village, { hole });
    await plainCollect(world, file);
    const reason = 'the network does not show it';
    expect((await gapsOf(world)).lanes).toMatchObject([{ holes: [{ ...hole, hours: 2.5, reason }] }]);
  });

  it('that the next round closes is listed until it did', async () => {
    const village = new Village(11, start);
    village.talk(40, 20);
    const folder = folderOfTest();
    const file = campaignOf(folder, source);
    const world = troubled(worldIn(folder), village, {});
    await plainCollect(world, file);
    expect((await gapsOf(world)).lanes).toMatchObject([{ lane: 'bsky', late: false, holes: [] }]);
    village.now = new Date('2026-03-10T15:00:00.000Z');
    await plainCollect(troubled(world, village, { fails: ({ query }) => query.kind === 'search' }), file);
    village.now = new Date('2026-03-10T15:20:00.000Z');
    expect((await gapsOf(world)).lanes).toMatchObject([
      {
        late: false,
        holes: [
          {
            query: 'search gelato',
            from: start,
            to: '2026-03-10T15:00:00.000Z',
            hours: 3,
            outcome: 'failed',
            reason: 'no usable answer in 3 tries',
            remedy: 'next round',
          },
        ],
      },
    ]);
    village.now = new Date('2026-03-10T15:31:00.000Z');
    expect((await gapsOf(world)).lanes).toMatchObject([{ late: true, last: '2026-03-10T15:00:00.000Z' }]);
    await plainCollect(world, file);
    expect((await gapsOf(world)).lanes).toMatchObject([{ late: false, holes: [] }]);
  });

  it('that the network no longer serves is lost, and filled once it does again, killed wherever', async () => {
    const village = new Village(12, start);
    village.talk(30, 2);
    const folder = folderOfTest();
    const file = campaignOf(folder, source);
    const short = troubled(worldIn(folder), village, { reachHours: 2 });
    await plainCollect(short, file);
    village.now = new Date('2026-03-10T18:00:00.000Z');
    village.talk(50, 6);
    await plainCollect(short, file);
    const hole = { from: start, to: '2026-03-10T16:00:00.000Z', hours: 4 };
    const isLost = [{ holes: [{ ...hole, remedy: 'lost', reason: 'longer ago than the network serves' }] }];
    expect((await gapsOf(short)).lanes).toMatchObject(isLost);
    await plainCollect(short, file, 'village', true);
    expect((await gapsOf(short)).lanes).toMatchObject(isLost);

    const long = troubled(worldIn(folder), village, { reachHours: 1000 });
    expect((await gapsOf(long)).lanes).toMatchObject([{ holes: [{ ...hole, remedy: 'fill' }] }]);
    // A round that fills nothing leaves the hole; what filling asks does not move where the next round begins.
    await plainCollect(long, file);
    expect((await gapsOf(long)).lanes).toMatchObject([{ holes: [{ ...hole, remedy: 'fill' }] }]);
    village.now = new Date('2026-03-10T18:20:00.000Z');
    let kills = 0;
    for (let isOver = false; !isOver && kills < 50; kills += isOver ? 0 : 1) {
      isOver = await plainCollect(killedIn(long, kills + 1), file, 'village', true).then(
        () => true,
        error => {
          if (!(error instanceof Killed)) throw error;
          return false;
        },
      );
    }
    expect(kills).toBeGreaterThan(2);
    expect((await gapsOf(long)).lanes).toMatchObject([{ holes: [] }]);

    const before = village.asked.length;
    village.now = new Date('2026-03-10T18:40:00.000Z');
    await plainCollect(long, file, 'village', true);
    const spans = village.asked.slice(before).filter(line => line.startsWith('search'));
    expect(spans).toEqual(['search gelato 2026-03-10T18:10:00.000Z ']);
    // By then every message has come of an age at which the network's counts tell of late answers.
    village.now = new Date('2026-03-19T12:00:00.000Z');
    await plainCollect(long, file);
    expect(await stagedIn(long, file)).toEqual(reachedIn(village));
  });
});

it('questions that failed three times are counted, and asked again by filling', async () => {
  const village = new Village(13, start);
  village.talk(60, 20);
  const folder = folderOfTest();
  const file = campaignOf(folder, source);
  const world = troubled(worldIn(folder), village, {});
  const cut = troubled(worldIn(folder), village, { fails: ({ query }) => query.kind === 'quotes' });
  const quotesOf = async () =>
    (await gapsOf(world)).lanes[0]!.questions.find(({ kind }) => kind === 'quotes');
  // A round gives up after three questions in a row; what failed rests for a minute, and after three times for a day.
  let quotes: Awaited<ReturnType<typeof quotesOf>>;
  for (let round = 0; round < 15 && quotes?.next !== 0; round++) {
    await plainCollect(cut, file);
    village.now = new Date(village.now.getTime() + 2 * 60_000);
    quotes = await quotesOf();
  }
  if (quotes === undefined) throw new Error('no quotes were due');
  const asked = village.asked.length;
  expect(quotes.next).toBe(0);
  expect(quotes.givenUp).toBeGreaterThan(1);
  await plainCollect(world, file);
  const again = () => village.asked.slice(asked).filter(line => line.startsWith('quotes'));
  expect(again()).toEqual([]);
  await plainCollect(world, file, 'village', true);
  expect(again().length).toBeGreaterThanOrEqual(quotes.givenUp);
  expect((await gapsOf(world)).lanes).toMatchObject([{ holes: [], questions: [] }]);
  expect(await stagedIn(world, file)).toEqual(reachedIn(village));
});

describe('what can not be told', () => {
  it('of a campaign that the lake does not know', async () => {
    const world = worldIn(folderOfTest());
    await expect(campaignAgain(world.lake, 'nobody')).rejects.toThrow(FatalError);
    await expect(campaignAgain(world.lake, 'nobody')).rejects.toThrow(/npx sillage collect/);
  });

  it('of a campaign whose file has moved', async () => {
    const village = new Village(14, start);
    const folder = folderOfTest();
    const file = campaignOf(folder, source);
    const world = troubled(worldIn(folder), village, {});
    await plainCollect(world, file);
    rmSync(file);
    await expect(campaignAgain(world.lake, 'village')).rejects.toThrow(
      `${file}: the file of the campaign "village" is no longer there — put it back`,
    );
  });
});
