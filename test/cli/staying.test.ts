import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writeCampaign } from './campaign.ts';
import { isPlain, sillage, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-staying-'));
let file = '';
let env: Record<string, string> = {};
beforeAll(() => {
  file = writeCampaign(folder, 'harbour-schedule');
  env = {
    SILLAGE_LAKE: join(folder, 'lake'),
    TEMPORAL_ADDRESS: inject('temporal'),
    SILLAGE_QUEUES: 'cli-staying',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command that must succeed, and answers its one JSON document. */
async function json(...args: string[]) {
  const { status, stdout, stderr } = await sillage([...args, '--json'], env);
  expect([status, isPlain(stdout), isPlain(stderr)], stderr).toEqual([0, true, true]);
  return JSON.parse(stdout);
}

test.each([['up'], ['worker', '--queues', 'compute']])(
  '%s says so, and ends with 0 when it is stopped',
  async (...args) => {
    const child = start([...args, '--json'], env);
    const [text] = await once(child.stdout!, 'data');
    expect(JSON.parse(String(text)).address).toBe(inject('temporal'));
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  },
);

test('schedules are kept by the server', async () => {
  writeFileSync(file, `${readFileSync(file, 'utf8')}schedule: { every: day, at: "04:00Z" }\n`);
  expect(await json('schedule', 'apply', file)).toMatchObject([
    { campaign: 'harbour-schedule', paused: false },
  ]);
  expect(await json('schedule', 'pause', 'harbour-schedule', '--note', 'the export is late')).toEqual({
    campaign: 'harbour-schedule',
    outcome: 'paused',
  });
  const [paused] = (await json('schedule', 'list')).filter(
    (one: { campaign: string }) => one.campaign === 'harbour-schedule',
  );
  expect(paused).toMatchObject({ paused: true, note: 'the export is late' });
  expect(await json('schedule', 'resume', 'harbour-schedule')).toEqual({
    campaign: 'harbour-schedule',
    outcome: 'resumed',
  });
  const past = await json('schedule', 'backfill', file, '2026-03-01/2026-03-02');
  expect(past).toEqual({ campaign: 'harbour-schedule', interval: '2026-03-01/2026-03-02', nights: 1 });
  const absent = await sillage(['schedule', 'pause', 'nobody'], env);
  expect([absent.status, absent.stdout]).toEqual([1, '']);
  expect(absent.stderr).not.toContain('this should not happen');
});

test('what collects is scheduled, listed, paused and removed with the campaign file', async () => {
  const live = join(folder, 'live.yaml');
  const write = (sources: string) =>
    writeFileSync(live, `campaign: harbour-live\nbrand: { name: Harbour }\nsources:\n${sources}`);
  const bluesky = (id: string, every: string) =>
    `  - { id: ${id}, type: bluesky, search: [gelato], every: ${every} }\n`;
  const files = '  - { id: talk, type: files, format: messages, path: "talk/*.ndjson" }\n';
  const collectors = async () =>
    (await json('schedule', 'list')).filter((one: { campaign: string }) => one.campaign === 'harbour-live');

  write(bluesky('bsky', '15m') + bluesky('other', '2h'));
  const { stdout } = await sillage(['schedule', 'apply', live], env);
  expect(stdout).toBe(
    'harbour-live: collect bsky every 15m: created\nharbour-live: collect other every 2h: created\n',
  );
  expect(await collectors()).toMatchObject([
    { source: 'bsky', file: live, at: null, every: '15m', paused: false, running: 0 },
    { source: 'other', file: live, at: null, every: '2h', paused: false, running: 0 },
  ]);
  const note = ['--note', 'the network asked for patience'];
  expect(await json('schedule', 'pause', 'harbour-live', '--collecting', ...note)).toEqual({
    campaign: 'harbour-live',
    sources: ['bsky', 'other'],
    outcome: 'paused',
  });

  write(bluesky('bsky', '1d') + files);
  expect(await json('schedule', 'apply', live)).toMatchObject([
    {
      campaign: 'harbour-live',
      outcome: 'none',
      collectors: [
        { source: 'other', outcome: 'removed' },
        { source: 'bsky', every: '1d', outcome: 'updated', paused: true },
      ],
    },
  ]);
  expect(await collectors()).toMatchObject([
    { source: 'bsky', every: '1d', paused: true, note: 'the network asked for patience' },
  ]);
  expect(await json('schedule', 'resume', 'harbour-live', '--collecting')).toMatchObject({
    outcome: 'resumed',
  });
  write(files);
  await json('schedule', 'apply', live);
  expect(await collectors()).toEqual([]);
  const absent = await sillage(['schedule', 'trigger', 'harbour-live', '--collecting'], env);
  expect([absent.status, absent.stderr]).toEqual([
    1,
    expect.stringContaining('no source of the campaign "harbour-live" is collected by a schedule'),
  ]);
});
