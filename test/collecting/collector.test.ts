import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureLog } from '../../lake/captureLog.ts';
import { worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { Village } from './village.ts';

const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d }';
const now = '2026-03-10T12:00:00.000Z';
const staged =
  'SELECT DISTINCT message_id AS id FROM stg_rows WHERE NOT is_deleted AND NOT is_included ORDER BY 1';

describe('a round of collecting', () => {
  it('finds all that the search leads to, and nothing else', async () => {
    const folder = folderOfTest();
    const village = new Village(1, now);
    village.talk(120, 40);
    const world = { ...worldIn(folder), networks: village.networks() };
    const file = campaignOf(folder, source);
    await plainCollect(world, file);
    const found = await collected<{ id: string }>(world, file, staged);
    const reached = [...village.reached('2026-03-08T12:00:00.000Z')].map(uri => `bluesky:${uri}`).sort();
    expect(reached.length).toBeGreaterThan(40);
    expect(reached.length).toBeLessThan(village.words.length);
    expect(found.map(({ id }) => id)).toEqual(reached);
  });

  it('asks again only for what is new', async () => {
    const folder = folderOfTest();
    const village = new Village(2, now);
    village.talk(60, 40);
    const world = { ...worldIn(folder), networks: village.networks() };
    const file = campaignOf(folder, source);
    await plainCollect(world, file);
    village.now = new Date('2026-03-10T12:20:00.000Z');
    const before = village.asked.length;
    await plainCollect(world, file);
    const again = village.asked.slice(before).map(line => line.split(' ')[0]);
    // What has come of an age meanwhile is read again.
    expect(again.filter(kind => kind !== 'refresh')).toEqual(['search']);
    village.now = new Date('2026-03-10T12:40:00.000Z');
    village.talk(30, 0.3);
    // By then every message has come of an age at which its counts are read again.
    village.now = new Date('2026-03-19T12:00:00.000Z');
    await plainCollect(world, file);
    const found = await collected<{ id: string }>(world, file, staged);
    const reached = [...village.reached('2026-03-08T12:00:00.000Z')].map(uri => `bluesky:${uri}`).sort();
    expect(found.map(({ id }) => id)).toEqual(reached);
  });

  it('forgets what was deleted', async () => {
    const folder = folderOfTest();
    const village = new Village(3, now);
    village.talk(60, 20);
    const world = { ...worldIn(folder), networks: village.networks() };
    const file = campaignOf(folder, source);
    await plainCollect(world, file);
    const seen = await collected<{ id: string }>(world, file, staged);
    const gone = village.words
      .filter(word => word.kind === 'post' && seen.some(({ id }) => id.endsWith(word.uri)))
      .slice(0, 5);
    for (const word of gone) word.isDeleted = true;
    village.now = new Date('2026-03-11T13:00:00.000Z');
    await plainCollect(world, file);
    const deleted = await collected<{ id: string }>(
      world,
      file,
      'SELECT DISTINCT message_id AS id FROM stg_rows WHERE is_deleted ORDER BY 1',
    );
    expect(deleted.map(({ id }) => id)).toEqual(gone.map(({ uri }) => `bluesky:${uri}`).sort());
  });
});

describe('a collector that is killed', () => {
  it('loses nothing and doubles nothing, wherever it stands', async () => {
    const folder = folderOfTest();
    const village = new Village(4, now);
    village.talk(100, 40);
    const file = campaignOf(folder, source);
    const whole = { ...worldIn(folder), networks: village.networks() };
    let kills = 0;
    for (let life = 1; ; life++) {
      // Each life ends where it keeps something for the so-manieth time: before that is durable, or just after.
      let kept = 0;
      const commit: typeof whole.lake.commit = async (...of) => {
        if (of[0].startsWith('collected/')) kept += 1;
        const isLast = kept >= 1 + (life % 4);
        if (isLast && life % 2 === 0) throw new Killed();
        const isFirst = await whole.lake.commit(...of);
        if (isLast) throw new Killed();
        return isFirst;
      };
      const done = await plainCollect({ ...whole, lake: { ...whole.lake, commit } }, file).then(
        () => true,
        error => {
          if (!(error instanceof Killed)) throw error;
          return false;
        },
      );
      if (done) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(3);
    const found = await collected<{ id: string }>(whole, file, staged);
    const reached = [...village.reached('2026-03-08T12:00:00.000Z')].map(uri => `bluesky:${uri}`).sort();
    expect(found.map(({ id }) => id)).toEqual(reached);
  });

  it('gives way to another one that was faster: each entry of the log is written once', async () => {
    const folder = folderOfTest();
    const village = new Village(5, now);
    village.talk(100, 40);
    const file = campaignOf(folder, source);
    const world = { ...worldIn(folder), networks: village.networks() };
    await Promise.all([plainCollect(world, file), plainCollect(world, file), plainCollect(world, file)]);
    const numbers: number[] = [];
    for await (const { number } of captureLog(world.lake, 'village', 'bsky').entries()) numbers.push(number);
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
    const found = await collected<{ id: string }>(world, file, staged);
    const reached = [...village.reached('2026-03-08T12:00:00.000Z')].map(uri => `bluesky:${uri}`).sort();
    expect(found.map(({ id }) => id)).toEqual(reached);
  });
});

class Killed extends Error {}

describe('candidates', () => {
  it('are followed on their network, and collecting goes on without them where their sheet is broken', async () => {
    const folder = folderOfTest();
    const village = new Village(6, now);
    village.talk(5, 2);
    const followed: (readonly string[])[] = [];
    const networks = village.networks();
    const open: typeof networks.open = (settings, accounts) => {
      followed.push(accounts);
      return networks.open(settings, accounts);
    };
    const world = { ...worldIn(folder), networks: { ...networks, open } };
    const more = 'recruitment: { budget: 100 EUR, candidates: { path: people.csv } }';
    const file = campaignOf(folder, source, more);
    writeFileSync(
      join(folder, 'people.csv'),
      'author_id,cost,acceptance\nbluesky:did:plc:z,10,0.5\nx:12,10,0.5\n',
    );
    const { note } = await plainCollect(world, file);
    expect([note, ...followed]).toEqual([undefined, ...followed.map(() => ['did:plc:z'])]);
    writeFileSync(join(folder, 'people.csv'), 'name;price\nanna;10\n');
    const broken = await plainCollect(world, file);
    expect(broken.note).toMatch(/^the candidates are not followed: /);
    expect(followed.at(-1)).toEqual([]);
  });
});
