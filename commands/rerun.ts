import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunRecord, recordOfRun } from '../activities/runRecord.ts';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Scope } from '../contracts/night.ts';
import { folderLake } from '../lake/folder.ts';
import { overlayLake } from '../lake/overlay.ts';
import { nightActivities } from '../report/activities.ts';
import { realWorld } from '../worker.ts';
import { night } from '../workflows/night.ts';
import { queueKinds } from '../workflows/queues.ts';
import { onInterrupt } from './interrupt.ts';
import { awaitNight } from './run.ts';
import { atStation } from './station.ts';
import { reuseText, stepsText } from './summary.ts';
import { print, type Terminal } from './terminal.ts';

/** `sillage rerun`: a night again, with the raw files that it had. */
export async function rerun(terminal: Terminal, run: string, scope: Scope): Promise<void> {
  const signal = onInterrupt();
  const record = await recordOf(run);
  const { campaign, interval } = record.night;
  const ask = { file: record.file, campaign, interval, scope, pinned: run };
  if (scope.dryRun) return dryRun(terminal, ask, signal);
  await atStation(terminal, signal, queueKinds, async station => {
    await awaitNight(terminal, station, ask, signal);
  });
}

/** The night's own function, over a lake that is read and never written. */
async function dryRun(
  terminal: Terminal,
  ask: Omit<RunRecord['night'], 'settings' | 'run' | 'attempt' | 'mode'> & { file: string; pinned: string },
  signal: AbortSignal,
): Promise<void> {
  const config = readConfig();
  const folder = await mkdtemp(join(tmpdir(), 'sillage-dry-'));
  try {
    const world = realWorld(config, () => ({ signal, progress: () => undefined }));
    const lake = overlayLake(folderLake(config.lake), folder);
    const request = { ...ask, run: 'dry', mode: 'manual' as const };
    const { steps, published } = await night(request, nightActivities({ ...world, lake }));
    print(terminal, { run: ask.pinned, steps, published: published ?? null }, () => {
      const tables = published?.tables.map(table => table.table).join(', ');
      const publishing = tables === undefined ? 'nothing would be published' : `would publish ${tables}`;
      return [stepsText(steps), '', reuseText(steps), publishing].join('\n');
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function recordOf(run: string): Promise<RunRecord> {
  const record = await recordOfRun(folderLake(readConfig().lake), run);
  if (record !== undefined) return record;
  throw new FatalError(`the lake has no record of a run ${run}`, { next: 'see `npx sillage runs`' });
}
