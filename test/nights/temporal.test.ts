import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WorkflowFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCampaignFile } from '../../activities/open.ts';
import { awaitBackfill, awaitOrCancel, awaitResult, startRun } from '../../client.ts';
import { rememberedRuns, runState } from '../../history.ts';
import { folderLake } from '../../lake/folder.ts';
import { committedNights, type Manifest, shownNight } from '../../lake/nights.ts';
import {
  applySchedules,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  triggerSchedule,
} from '../../schedules.ts';
import { nightSteps } from '../../workflows/night.ts';
import { plainNight, worldIn } from './plain.ts';
import { type Bench, sampleFile, temporalBench } from './underTemporal.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-temporal-'));
const lake = join(folder, 'lake');
const campaign = 'gelato-spring';
const patient = new AbortController().signal;
let bench: Bench;

beforeAll(async () => {
  bench = await temporalBench('nights', lake);
});
afterAll(async () => {
  await bench?.close();
  rmSync(folder, { recursive: true, force: true });
});

const manualRun = (from: string, to: string, file = sampleFile, name = campaign) =>
  startRun(bench.server, bench.config, {
    file,
    campaign: name,
    interval: { from, to },
    mode: 'manual',
    scope: {},
  });

async function nights(): Promise<Manifest[]> {
  const all: Manifest[] = [];
  for await (const night of committedNights(folderLake(lake))) all.push(night);
  return all;
}

describe('the night under a real Temporal server', () => {
  it('publishes what the same function publishes when it is called plainly', async () => {
    const { handle } = await manualRun('2026-03-28', '2026-03-29');
    const result = await awaitResult(handle, patient);
    expect(result.published?.outcome).toBe('published');
    expect(result.steps).toHaveLength(nightSteps);

    const elsewhere = join(folder, 'elsewhere');
    await plainNight(worldIn(elsewhere), sampleFile, campaign, '2026-03-28/2026-03-29');
    const here = await shownNight(folderLake(lake), campaign);
    const there = await shownNight(folderLake(elsewhere), campaign);
    expect(here!.content).toBe(there!.content);
    expect(here!.tables).toEqual(there!.tables);
  });

  it('computes nothing again, publishes the same bytes, and says so in the run', async () => {
    const { handle, run } = await manualRun('2026-03-28', '2026-03-29');
    const result = await awaitResult(handle, patient);
    expect(result.steps.map(step => step.outcome)).toEqual(Array(nightSteps).fill('reused'));
    expect(result.published?.outcome).toBe('unchanged');
    expect(run).toBe(`${campaign}_2026-03-28_2026-03-29_2`);
    const state = await runState(bench.server, run);
    expect(state).toMatchObject({
      campaign,
      mode: 'manual',
      interval: '2026-03-28/2026-03-29',
      stage: 'report',
    });
  });

  it('ends at once with one line where a retry cannot help', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(join(folder, 'talk.ndjson'), 'this is not json\n'.repeat(20));
    writeFileSync(
      broken,
      'campaign: broken\nbrand: { name: B }\nsources: [{ id: t, type: files, format: messages, path: talk.ndjson }]\n',
    );
    const { handle, run } = await manualRun('2026-03-28', '2026-03-29', broken, 'broken');
    await expect(awaitResult(handle, patient)).rejects.toThrow(WorkflowFailedError);
    const { failure, seconds } = await runState(bench.server, run);
    expect(failure).toContain('talk.ndjson');
    expect(failure).not.toContain('\n');
    expect(seconds).toBeLessThan(30);
  });

  it('stops when it is cancelled, and the next run goes on', async () => {
    const { handle } = await manualRun('2026-02-27', '2026-02-28');
    const impatient = new AbortController();
    setTimeout(() => impatient.abort(new Error('enough')), 700);
    await expect(awaitOrCancel(handle, impatient.signal)).rejects.toThrow('enough');
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    const next = await manualRun('2026-02-27', '2026-02-28');
    expect((await awaitResult(next.handle, patient)).published?.outcome).toBe('published');
  });

  it('keeps showing the last good night when a night fails', async () => {
    const before = await shownNight(folderLake(lake), campaign);
    const copy = join(folder, 'copy');
    cpSync(dirname(sampleFile), copy, { recursive: true });
    // Three of four sources gone: far more rows lost than gates.max_drop allows.
    const file = join(copy, 'campaign.yaml');
    const text = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, text.filter(line => !/id: (x|mastodon|talk),/.test(line)).join('\n'));
    const { handle, run } = await manualRun('2026-03-28', '2026-03-29', file);
    await expect(awaitResult(handle, patient)).rejects.toThrow(WorkflowFailedError);
    expect((await runState(bench.server, run)).failure).toContain('max_drop');
    expect(await shownNight(folderLake(lake), campaign)).toEqual(before);
  });
});

describe('scheduled nights', () => {
  it('a week of backfilled nights: one entry each, marked as backfill, and the newest night stays shown', async () => {
    const { file } = await readCampaignFile(sampleFile);
    const intervals = Array.from({ length: 7 }, (_, index) => {
      const day = (offset: number) => `2026-03-${String(20 + index + offset).padStart(2, '0')}`;
      return { from: day(0), to: day(1) };
    });
    const span = { from: '2026-03-20', to: '2026-03-27' };
    const done = await awaitBackfill(bench.server, bench.config, { file, campaign, interval: span }, patient);
    expect(done.nights).toBe(7);
    const week = (await nights()).filter(night => night.mode === 'backfill');
    expect(week.map(night => night.interval)).toEqual(intervals.toReversed());
    expect((await shownNight(folderLake(lake), campaign))!.interval.to).toBe('2026-03-29');
    // Days that did not change keep their files from night to night.
    const filesOf = (night: Manifest) =>
      new Set(night.tables.flatMap(table => table.files.map(file => file.key)));
    const [last, previous] = week.map(filesOf);
    const shared = [...last!].filter(key => previous!.has(key)).length;
    expect(shared).toBeGreaterThan(last!.size / 2);
    const remembered = await rememberedRuns(bench.server, { campaign, limit: 100 });
    expect(remembered.filter(run => run.mode === 'backfill')).toHaveLength(7);

    // The same week again changes nothing.
    const entries = (await nights()).length;
    await awaitBackfill(bench.server, bench.config, { file, campaign, interval: span }, patient);
    expect(await nights()).toHaveLength(entries);
  });

  it('a backfilled night equals the night itself', async () => {
    const alone = join(folder, 'alone');
    await plainNight(worldIn(alone), sampleFile, campaign, '2026-03-22/2026-03-23');
    const itself = await shownNight(folderLake(alone), campaign);
    const backfilled = (await nights()).find(night => night.interval.from === '2026-03-22');
    // Personas keep their names and people their arms from the night before, and the ledger goes on from its: the lonely night had none.
    const remembers = /persona|candidates|recruitment|incentives/;
    const told = (night: Manifest) =>
      night.tables
        .filter(({ table }) => !remembers.test(table))
        .map(({ table, files }) => [table, files.map(file => file.sha256)]);
    expect(told(backfilled!)).toEqual(told(itself!));
    expect(told(itself!)).toHaveLength(20);
  });

  it("schedules follow the campaign file, and an operator's pause is kept", async () => {
    const settings = await readCampaignFile(sampleFile);
    const { server, config } = bench;
    expect(await applySchedules(server, config, [settings])).toEqual([
      { campaign, outcome: 'created', paused: false, collectors: [] },
    ]);
    await pauseSchedule(server, campaign, 'waiting for an export');
    expect(await applySchedules(server, config, [settings])).toEqual([
      { campaign, outcome: 'updated', paused: true, collectors: [] },
    ]);
    expect(await listSchedules(server)).toMatchObject([
      { campaign, at: '04:00Z', paused: true, note: 'waiting for an export', running: 0 },
    ]);
    await resumeSchedule(server, campaign);
    expect(await listSchedules(server)).toMatchObject([{ paused: false }]);

    const without = join(folder, 'unscheduled.yaml');
    copyFileSync(sampleFile, without);
    const { schedule: _, ...unscheduled } = settings.campaign;
    expect(await applySchedules(server, config, [{ ...settings, campaign: unscheduled }])).toEqual([
      { campaign, outcome: 'removed', paused: false, collectors: [] },
    ]);
    expect(await listSchedules(server)).toEqual([]);
  });

  it('takes the interval from the nominal time; a start at the hour of the schedule is scheduled, another by hand', async () => {
    const settings = await readCampaignFile(sampleFile);
    const { server, config } = bench;
    await applySchedules(server, config, [settings]);
    const handle = server.client.schedule.getHandle(`sillage-${campaign}`);
    // The server plays the schedule's own past: nominal times of long ago, run now.
    await handle.backfill({
      start: new Date('2026-03-18T03:59:00Z'),
      end: new Date('2026-03-18T04:01:00Z'),
      overlap: 'BUFFER_ALL',
    });
    const scheduled = await eventually(async () => {
      const runs = await rememberedRuns(server, { campaign, limit: 100 });
      return runs.find(run => run.mode === 'scheduled' && run.status === 'COMPLETED');
    });
    expect(scheduled).toMatchObject({ interval: '2026-03-17/2026-03-18' });
    expect((await nights())[0]).toMatchObject({ mode: 'scheduled', as_of: '2026-03-17' });

    await triggerSchedule(server, campaign);
    const byHand = await eventually(async () => {
      const runs = await rememberedRuns(server, { campaign, limit: 100 });
      const today = new Date().toISOString().slice(0, 10);
      return runs.find(run => run.interval.endsWith(today));
    });
    expect(byHand.mode).toBe('manual');
    await handle.delete();
  });
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('it did not happen within 30 s');
}
