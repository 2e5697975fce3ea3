import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSources } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import { type Sheet, sheetNames, sheetsOf } from '../contracts/sheets.ts';
import type { StepResult } from '../contracts/table.ts';
import { filesOf } from '../sources/files.ts';
import { bundlesOf } from './collecting/bundles.ts';
import { storeLists } from './nightLists.ts';
import { rawKey } from './rawKey.ts';
import { pinRun, type RawFile, type RunRecord, recordOfRun } from './runRecord.ts';
import { type Settings, settingsOf } from './settings.ts';
import { sha256OfFile } from './store.ts';
import type { World } from './world.ts';

/** Keeps the raw files of every source and every sheet, lists them with what was collected so far, and pins the run to them. */
export async function collect(world: World, input: { night: Night; pinned?: string }): Promise<StepResult> {
  const { night } = input;
  const settings = await settingsOf(world.lake, night);
  const listed =
    input.pinned === undefined
      ? {
          listed_at: world.networks.now().toISOString(),
          inputs: [
            ...(await keepFiles(world, settings)),
            ...(await bundlesOf(world.lake, settings)),
            ...(await keepSheets(world, settings)),
          ],
        }
      : await pinnedInputs(world, settings, input.pinned);
  const started_at = new Date().toISOString();
  const pinned = await pinRun(world.lake, { night, file: settings.file, ...listed, started_at });
  return storeLists(world, night, settings, pinned.inputs, pinned.listed_at ?? pinned.started_at);
}

/** Copies every file of every source into the lake and lists them. */
export async function keepFiles(world: World, settings: Settings): Promise<RawFile[]> {
  const inputs: RawFile[] = [];
  for (const { id: source, path: query, format } of fileSources(settings.campaign)) {
    inputs.push(...(await keepMatching(world, settings, { source, query, format })));
  }
  return inputs;
}

/** Copies every sheet of the campaign into the lake and lists them. */
export async function keepSheets(world: World, settings: Settings): Promise<RawFile[]> {
  const inputs: RawFile[] = [];
  for (const named of sheetsOf(settings.campaign)) inputs.push(...(await keepSheet(world, settings, named)));
  return inputs;
}

function keepSheet(world: World, settings: Settings, { sheet, path }: { sheet: Sheet; path: string }) {
  return keepMatching(world, settings, { source: sheet, query: path, format: 'sheet' });
}

async function keepMatching(
  world: World,
  settings: Settings,
  of: Pick<RawFile, 'source' | 'query' | 'format'>,
): Promise<RawFile[]> {
  const folder = dirname(settings.file);
  const files = await filesOf(folder, of.query);
  if (files.length === 0) {
    const what = of.format === 'sheet' ? `the sheet "${of.source}"` : `the export of source "${of.source}"`;
    throw new FatalError(`no file matches "${of.query}"`, {
      where: settings.file,
      next: `put ${what} there, or mend its path`,
    });
  }
  const kept: RawFile[] = [];
  for (const file of files) {
    const hash = await keepFile(world, join(folder, file)).catch(error => {
      throw unreadable(file, error) ?? error;
    });
    kept.push({ ...of, file, sha256: hash });
  }
  return kept;
}

/** Copies a file into the lake under its content's hash, unless it is there; returns the hash. */
async function keepFile(world: World, path: string): Promise<string> {
  const { signal, progress } = world.attempt();
  signal.throwIfAborted();
  progress(undefined);
  const before = await sha256OfFile(path, signal);
  if (await world.lake.has(rawKey(before))) return before;
  return world.lake.withScratch(async scratch => {
    const copy = join(scratch, 'raw');
    await copyFile(path, copy, constants.COPYFILE_FICLONE);
    // The file may have changed meanwhile: the copy is what the night reads, so the copy names it.
    const hash = await sha256OfFile(copy, signal);
    await world.lake.put([{ key: rawKey(hash), path: copy }]);
    return hash;
  });
}

/** What a retry can't cure: a file that has gone or may not be read. */
function unreadable(file: string, error: unknown): FatalError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') return undefined;
  const what =
    code === 'ENOENT' ? 'the file has gone' : code === 'EISDIR' ? 'it is a folder' : 'it may not be read';
  return new FatalError(what, {
    where: file,
    next: 'put it back or let it be read, then run again',
    cause: error,
  });
}

/**
 * The inputs that a run was pinned to; besides, the opt-outs of today, since one counts whenever it was said, and sheets
 * that the campaign file has named since.
 */
async function pinnedInputs(
  world: World,
  settings: Settings,
  run: string,
): Promise<Pick<RunRecord, 'inputs' | 'listed_at'>> {
  const record = await recordOfRun(world.lake, run);
  if (record === undefined) {
    throw new FatalError(`the run ${run} left no record of its inputs`, {
      next: 'start a new run: it takes the files that lie there now',
    });
  }
  const inputs = record.inputs.filter(file => file.format !== 'sheet');
  const named = new Map(sheetsOf(settings.campaign).map(one => [one.sheet, one]));
  for (const sheet of sheetNames) {
    const pinned = record.inputs.filter(file => file.format === 'sheet' && file.source === sheet);
    const now = named.get(sheet);
    const isTaken = now !== undefined && (sheet === 'optouts' || pinned.length === 0);
    inputs.push(...(isTaken ? withFormer(await keepSheet(world, settings, now), pinned) : pinned));
  }
  return { inputs, listed_at: record.listed_at ?? record.started_at };
}

/** Files as they are with what they were: a former content of a file that is still there is told apart by its hash. */
function withFormer(now: readonly RawFile[], pinned: readonly RawFile[]): RawFile[] {
  const former = pinned.filter(old => !now.some(file => file.sha256 === old.sha256));
  const isThere = (old: RawFile) => now.some(file => file.file === old.file);
  return [
    ...now,
    ...former.map(old => (isThere(old) ? { ...old, file: `${old.file}@${old.sha256.slice(0, 12)}` } : old)),
  ];
}
