import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import { type Sheet, sheetsOf } from '../contracts/sheets.ts';
import { parseOnly } from '../engine/duckdb.ts';
import { type Engine, quoteText, type Session } from '../engine/engine.ts';
import { filesOf } from '../sources/files.ts';
import type { SheetFile } from '../sources/sheet.ts';
import { planModels } from './modelPlan.ts';
import { noPseudonyms } from './pseudonyms.ts';
import { fillParameters, parametersOf, type Settings } from './settings.ts';
import { refuseSharesAboveOne } from './sharesAboveOne.ts';
import { fillSheets, rawSheetTables, refuseWhollyRefused, sheetTables } from './sheetTables.ts';

/** What a night would make of a file of the campaign's own. */
export interface SheetTrial {
  sheet: Sheet;
  /** Relative to the campaign file. */
  file: string;
  rows: number;
  duplicates: number;
  refused: number;
  /** The first refused rows. */
  refusals: { line: number; reason: string }[];
  /** Why the file can't be used at all. */
  fault: string | undefined;
}

/** Rates of all days count: a trial is of no night, so it is of the last that there can be. */
const anyNight = { interval: { from: '9999-12-30', to: '9999-12-31' } };

/**
 * Reads and judges every sheet of a campaign as a night would, in a private folder. The lake is not touched.
 *
 * @param scratch a folder of the caller's
 */
export async function trySheets(
  engine: Engine,
  settings: Settings,
  scratch: string,
  signal: AbortSignal,
): Promise<SheetTrial[]> {
  const files: SheetFile[] = [];
  for (const { sheet, path } of sheetsOf(settings.campaign)) {
    const base = dirname(settings.file);
    const names = await filesOf(base, path);
    files.push(...names.map(name => ({ sheet, name, path: join(base, name) })));
  }
  if (files.length === 0) return [];
  const folder = await mkdtemp(join(scratch, 'sheets-'));
  const session = await engine.open(folder);
  const interrupt = () => session.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    const faults = await judge(session, settings, files, folder, signal);
    const trials: SheetTrial[] = [];
    for (const file of files) trials.push(await trialOf(session, file, faults));
    return trials;
  } finally {
    signal.removeEventListener('abort', interrupt);
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the tables of sheets in a session; what can't be used at all, by file. */
async function judge(
  session: Session,
  { campaign }: Settings,
  files: readonly SheetFile[],
  scratch: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<SheetFile, string>> {
  const faults = new Map<SheetFile, string>();
  try {
    await fillParameters(session, parametersOf(campaign, anyNight));
    await session.fill(
      'raw_sheet_files',
      { sheet: 'VARCHAR', file: 'VARCHAR' },
      files.map(({ sheet, name }) => [sheet, name]),
    );
    await fillSheets(session, files, campaign, noPseudonyms, {
      scratch,
      signal,
      onFault: (file, error) => void faults.set(file, error.message),
    });
    const { order } = await planModels(await parseOnly(), sheetTables, rawSheetTables);
    for (const { table, sql } of order) await session.define(table, sql);
    await refuseWhollyRefused(session);
    await refuseSharesAboveOne(session);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FatalError)) throw error;
    const { where = '', message } = error;
    const blamed = files.find(({ name }) => where === name || where.startsWith(`${name}:`));
    faults.set(blamed ?? files[0]!, message);
  }
  return faults;
}

async function trialOf(
  session: Session,
  file: SheetFile,
  faults: ReadonlyMap<SheetFile, string>,
): Promise<SheetTrial> {
  const { sheet, name } = file;
  const nothing = {
    sheet,
    file: name,
    rows: 0,
    duplicates: 0,
    refused: 0,
    refusals: [],
    fault: faults.get(file),
  };
  if (faults.size > 0) return nothing;
  const of = `sheet = ${quoteText(sheet)} AND file = ${quoteText(name)}`;
  const [book] = await session.rows<{ rows: number; duplicates: number; refused: number }>(
    `SELECT rows_read AS rows, duplicates, quarantined AS refused FROM stg_sheet_books WHERE ${of}`,
  );
  const refusals = await session.rows<{ line: number; reason: string }>(
    `SELECT line, reason FROM stg_sheet_refusals WHERE ${of} ORDER BY line LIMIT 3`,
  );
  return { ...nothing, ...book!, refusals };
}
