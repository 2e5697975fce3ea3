import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { applyRetention } from '../../activities/retention/applyRetention.ts';
import type { World } from '../../activities/world.ts';
import { FatalError } from '../../contracts/errors.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { overlayLake } from '../../lake/overlay.ts';
import { plainNight, published, worldIn } from '../nights/plain.ts';
import { campaignOf, collected, folderOfTest, plainCollect } from './plain.ts';
import { Killed, troubled } from './trouble.ts';
import { Village } from './village.ts';

const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d, refresh: [1h, 1d] }';
const interval = '2026-03-16/2026-03-17';
const coverage = `SELECT query, strftime(hour, '%Y-%m-%d %H') AS hour, fetched, staged, duplicates, failed, deleted, included,
    unmapped, silent, state, seconds_missed, limited, questions_failed
  FROM fct_coverage
  WHERE fetched <> 0 OR included <> 0 OR limited <> 0 OR questions_failed <> 0 OR expected <> 0 OR state IS NOT NULL
  ORDER BY ALL`;
const shown = 'SELECT message_id AS id FROM fct_messages ORDER BY 1';

/** A campaign that keeps captures for 4 days, and collected on the 10th, the 11th (with deletions and failures) and the 16th. */
async function collectedThrice(seed: number) {
  const folder = folderOfTest();
  const village = new Village(seed, '2026-03-10T12:00:00.000Z');
  village.talk(60, 40);
  const file = campaignOf(folder, source, 'gates: { max_drop: 1 }');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('pseudonymise: false', 'pseudonymise: false, retention: 4d'));
  const world = troubled(worldIn(folder), village, {});
  await plainCollect(world, file);
  for (const word of village.words.filter(({ kind }) => kind === 'post').slice(0, 6)) word.isDeleted = true;
  village.now = new Date('2026-03-11T13:00:00.000Z');
  village.talk(20, 20);
  await plainCollect(troubled(world, village, { fails: ({ query }) => query.kind === 'quotes' }), file);
  village.now = new Date('2026-03-16T20:00:00.000Z');
  village.talk(40, 30);
  await plainCollect(world, file);
  return { folder, village, file, world };
}

/** Texts of all raw files. */
function rawTexts(folder: string): string[] {
  return readdirSync(join(folder, 'raw'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return bytes.readUInt32LE(0) === 0xfd2fb528 ? zstdDecompressSync(bytes).toString() : bytes.toString();
    });
}

function nightOf(world: World, file: string, run: string, pinned?: string) {
  return plainNight(world, file, 'village', interval, pinned === undefined ? { run } : { run, pinned });
}

it('removes what is older than it may be, and keeps what it came to', async () => {
  const { folder, world, file } = await collectedThrice(21);
  await nightOf(world, file, 'village_before');
  const before = await published(folder, 'village', coverage);
  const seen = await published<{ id: string }>(folder, 'village', shown);
  const kept = await collected<{ id: string }>(
    world,
    file,
    `SELECT DISTINCT message_id AS id FROM stg_rows WHERE captured_at >= TIMESTAMP '2026-03-12' AND NOT is_deleted`,
  );
  const left = seen.filter(({ id }) => kept.some(one => one.id === id));
  expect(left.length).toBeGreaterThan(10);
  expect(seen.length - left.length).toBeGreaterThan(10);

  const retained = await applyRetention(world, 'village', { dryRun: false });
  expect(retained).toMatchObject({ campaign: 'village', retention: '4d', before: '2026-03-12', days: 2 });
  expect(retained.segments).toBeGreaterThan(1);
  expect(retained.messages).toBeGreaterThanOrEqual(seen.length - left.length);
  const again = await applyRetention(world, 'village', { dryRun: false });
  expect(again).toMatchObject({ days: 0, segments: 0, bytes: 0, messages: 0 });

  await nightOf(world, file, 'village_after');
  expect(await published(folder, 'village', shown)).toEqual(left);
  expect(await published(folder, 'village', coverage)).toEqual(before);
  expect(before.some(({ deleted }) => Number(deleted) > 0)).toBe(true);
  expect(before.some(({ duplicates }) => Number(duplicates) > 0)).toBe(true);
});

it('leaves no page, and in its place no id and no text', async () => {
  const { folder, world } = await collectedThrice(22);
  const old = /"what":"page".*"captured_at":"2026-03-1[01]T/;
  expect(rawTexts(folder).filter(text => old.test(text)).length).toBeGreaterThan(1);
  await applyRetention(world, 'village', { dryRun: false });
  expect(rawTexts(folder).filter(text => old.test(text))).toEqual([]);
  const summaries = rawTexts(folder).filter(text => text.includes('"what":"summary"'));
  expect(summaries).toHaveLength(2);
  for (const summary of summaries) expect(summary).not.toMatch(/at:\/\/|did:|such/);
});

it('says what would leave and removes nothing, when it is only tried', async () => {
  const { folder, world } = await collectedThrice(23);
  const files = () => readdirSync(folder, { recursive: true }).sort();
  const before = files();
  const lake = overlayLake(world.lake, folderOfTest());
  const tried = await applyRetention({ ...world, lake }, 'village', { dryRun: true });
  expect(files()).toEqual(before);
  expect(await applyRetention(world, 'village', { dryRun: false })).toEqual(tried);
  expect(tried.bytes).toBeGreaterThan(tried.segments);
});

it('goes on where it was killed, and ends as if it had not been', async () => {
  const one = await collectedThrice(24);
  const other = await collectedThrice(24);
  const whole = await applyRetention(one.world, 'village', { dryRun: false });
  let messages = 0;
  let kills = 0;
  for (let isOver = false; !isOver && kills < 40; kills += isOver ? 0 : 1) {
    const applied = await applyRetention(killedWhereItRemoves(other.world, kills), 'village', {
      dryRun: false,
    }).catch(error => {
      if (!(error instanceof Killed)) throw error;
    });
    isOver = applied !== undefined;
    messages += applied?.messages ?? 0;
  }
  expect(kills).toBeGreaterThan(3);
  expect(messages).toBeLessThanOrEqual(whole.messages);
  expect(await booksOf(other)).toEqual(await booksOf(one));
  expect(rawTexts(other.folder).filter(text => /"what":"page"/.test(text))).toEqual(
    rawTexts(one.folder).filter(text => /"what":"page"/.test(text)),
  );
  expect(await applyRetention(other.world, 'village', { dryRun: false })).toMatchObject({ days: 0 });
});

it('lets a run that was pinned to what has left say so', async () => {
  const { folder, world, file } = await collectedThrice(25);
  await nightOf(world, file, 'village_pinned');
  await applyRetention(world, 'village', { dryRun: false });
  // As after an update, of which nothing that was read before is known.
  rmSync(join(folder, 'steps/village/conversations'), { recursive: true });
  const error = await nightOf(world, file, 'village_again', 'village_pinned').catch(error => error);
  expect(error).toBeInstanceOf(FatalError);
  expect(error.what).toBe('captures of 2026-03-10 have left by the rule of retention');
  await nightOf(world, file, 'village_new');
});

it('lets a source leave that the campaign no longer names', async () => {
  const { folder, world, file } = await collectedThrice(26);
  const other = '  - { id: other, type: bluesky, search: [gelato], lookback: 1h }';
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(source, other));
  await plainCollect(world, file);
  expect(await applyRetention(world, 'village', { dryRun: false })).toMatchObject({ days: 2 });
  expect([...(await captureLog(world.lake, 'village', 'bsky').gone()).keys()]).toEqual([
    '2026-03-10',
    '2026-03-11',
  ]);
  expect(rawTexts(folder).filter(one => one.includes('2026-03-10T12:00:00.000Z","status"'))).toEqual([]);
});

/** A world that is killed where it keeps or removes something, later from life to life: before it is done, or just after. */
function killedWhereItRemoves(world: World, life: number): World {
  let acts = 0;
  const dying =
    <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      acts += 1;
      const isLast = acts > 3 * life;
      if (isLast && life % 2 === 0) throw new Killed();
      const result = await act(...given);
      if (isLast) throw new Killed();
      return result;
    };
  const { lake } = world;
  const commit: World['lake']['commit'] = async (key, content) =>
    key.includes('/gone/') ? dying(lake.commit)(key, content) : lake.commit(key, content);
  const remove = async (keys: readonly string[]) => {
    for (const key of keys) await dying(lake.remove)([key]);
  };
  return { ...world, lake: { ...lake, commit, remove } };
}

/** What the books of all that was collected came to, hour by hour. */
function booksOf({ world, file }: { world: World; file: string }) {
  return collected(
    world,
    file,
    `SELECT query, CAST(hour AS VARCHAR) AS hour, sum(rows_read) AS rows_read, sum(staged) AS staged,
       sum(duplicates) AS duplicates, sum(deleted) AS deleted, sum(included) AS included
     FROM stg_summaries GROUP BY ALL HAVING sum(rows_read) <> 0 OR sum(included) <> 0 ORDER BY ALL`,
  );
}
