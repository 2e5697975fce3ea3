import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSources } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import { ruleName } from '../contracts/incentiveRules.ts';
import type { Night } from '../contracts/night.ts';
import { type Sheet, sheetNames, sheetsOf } from '../contracts/sheets.ts';
import type { StepResult } from '../contracts/table.ts';
import type { ColumnType, Scalar } from '../engine/engine.ts';
import { canonical, sha256 } from '../lake/steps.ts';
import { filesOf } from '../sources/files.ts';
import { bundlesOf } from './collecting/bundles.ts';
import { codeOf } from './modelPlan.ts';
import { rawKey } from './rawKey.ts';
import { pinRun, type RawFile, recordOfRun } from './runRecord.ts';
import { type Settings, settingsOf } from './settings.ts';
import { runStep } from './step.ts';
import { sha256OfFile, storeTable } from './store.ts';
import type { World } from './world.ts';

/** Keeps the raw files of every source and every sheet, lists them with what was collected so far, and pins the run to them. */
export async function collect(world: World, input: { night: Night; pinned?: string }): Promise<StepResult> {
  const { night } = input;
  const settings = await settingsOf(world.lake, night);
  const inputs =
    input.pinned === undefined
      ? [
          ...(await keepFiles(world, settings)),
          ...(await bundlesOf(world.lake, settings)),
          ...(await keepSheets(world, settings)),
        ]
      : await pinnedInputs(world, settings, input.pinned);
  const started_at = new Date().toISOString();
  const pinned = await pinRun(world.lake, { night, file: settings.file, inputs, started_at });
  return storeLists(world, night, settings, pinned.inputs);
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
async function pinnedInputs(world: World, settings: Settings, run: string): Promise<RawFile[]> {
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
  return inputs;
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

/** The lists that SQL reads: files, sheets, the brand's accounts, words. */
export async function storeLists(
  world: World,
  night: Night,
  { campaign }: Settings,
  inputs: RawFile[],
): Promise<StepResult> {
  const lists: Record<string, { columns: Record<string, ColumnType>; grain: string[]; rows: Scalar[][] }> = {
    raw_files: {
      columns: {
        source: 'VARCHAR',
        query: 'VARCHAR',
        file: 'VARCHAR',
        format: 'VARCHAR',
        file_sha256: 'VARCHAR',
      },
      grain: ['source', 'file'],
      rows: inputs
        .filter(file => file.format !== 'sheet')
        .map(file => [file.source, file.query, file.file, file.format, file.sha256]),
    },
    raw_sheet_files: {
      columns: { sheet: 'VARCHAR', query: 'VARCHAR', file: 'VARCHAR', file_sha256: 'VARCHAR' },
      grain: ['sheet', 'file'],
      rows: inputs
        .filter(file => file.format === 'sheet')
        .map(file => [file.source, file.query, file.file, file.sha256]),
    },
    raw_brand_accounts: {
      columns: { author_id: 'VARCHAR' },
      grain: ['author_id'],
      rows: [...new Set(campaign.brand.accounts)].map(account => [account]),
    },
    raw_topic_words: {
      columns: { topic: 'VARCHAR', topic_number: 'INTEGER', word: 'VARCHAR', is_excluded: 'BOOLEAN' },
      grain: ['topic', 'is_excluded', 'word'],
      rows: [campaign.topics ?? {}, campaign.exclude ?? {}].flatMap((lists, place) =>
        Object.entries(lists).flatMap(([topic, words]) =>
          [...new Set(words)].map(word => [
            topic,
            Object.keys(campaign.topics ?? {}).indexOf(topic),
            word,
            place === 1,
          ]),
        ),
      ),
    },
    raw_incentive_rules: {
      columns: { rule: 'VARCHAR', rule_number: 'INTEGER', kind: 'VARCHAR', earned_on: 'VARCHAR' },
      grain: ['rule'],
      rows: (campaign.incentives?.earns ?? []).map((rule, place) => [
        ruleName(rule),
        place,
        rule.kind,
        rule.on,
      ]),
    },
    raw_hostile_words: {
      columns: { language: 'VARCHAR', word: 'VARCHAR' },
      grain: ['language', 'word'],
      rows: Object.entries(campaign.influence.hostile).flatMap(([language, words]) =>
        [...new Set(words)].map(word => [language, word]),
      ),
    },
  };
  const parameters = { content: sha256(canonical(lists)) };
  const making = { inputs: {}, code: codeOf([]), parameters };
  const plan = { stage: 'conversations' as const, step: 'collect', making, outputs: Object.keys(lists) };
  // Listing what lies there is never left out, whatever part of the night is run.
  return runStep(world, { ...night, scope: {} }, plan, async workshop => {
    const stored = [];
    for (const [table, { columns, grain, rows }] of Object.entries(lists)) {
      await workshop.session.fill(table, columns, rows);
      const shape = { table, grain, sentence: 'A list that the night began with.', meaning: 'list' };
      stored.push(await storeTable(world.lake, night.campaign, workshop, shape));
    }
    return stored;
  });
}
