import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FilesSource } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import { type Engine, quoteText, type Session } from '../engine/engine.ts';
import { filesOf } from '../sources/files.ts';
import { type Page, pageOf } from './page.ts';
import { readRaw } from './read.ts';
import { fillParameters, type Settings } from './settings.ts';

/** What came of reading the first page of a file. */
export interface FileTrial {
  /** Relative to the campaign file. */
  file: string;
  /** Whether the page is the whole file. */
  isWhole: boolean;
  rows: number;
  refused: number;
  /** The first refused rows. */
  refusals: { line: number; reason: string }[];
  /** Rows with fields that the parser does not know, and those fields, the most frequent first. */
  unmapped: number;
  fields: { field: string; rows: number }[];
  /** Why the file can't be used at all. */
  fault: string | undefined;
}

/** A source, and what a night will find in it: the counts are exact where the pages are whole files, else estimates. */
export interface SourceTrial {
  id: string;
  format: FilesSource['format'];
  files: number;
  /** As the files lie there. */
  bytes: number;
  rows: number;
  tried: FileTrial[];
}

const refusals = readFileSync(new URL('../sql/conversations/stg_refusals.sql', import.meta.url), 'utf8');

/**
 * Reads a page of the first file of each kind (by extension) in a source, as a night would read it, in a private
 * folder. The lake is not touched.
 *
 * @param scratch a folder of the caller's
 */
export async function trySource(
  engine: Engine,
  settings: Settings,
  source: FilesSource,
  scratch: string,
  signal: AbortSignal,
): Promise<SourceTrial> {
  const folder = dirname(settings.file);
  const files = await Promise.all(
    (await filesOf(folder, source.path)).map(async name => {
      const path = join(folder, name);
      return { name, path, bytes: (await stat(path)).size };
    }),
  );
  const kinds = Map.groupBy(files, file => extensionOf(file.name));
  const trial: SourceTrial = {
    id: source.id,
    format: source.format,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    rows: 0,
    tried: [],
  };
  for (const alike of kinds.values()) {
    signal.throwIfAborted();
    const first = alike.find(file => file.bytes > 0) ?? alike[0]!;
    const { tried, page, parquetRows } = await tryFile(engine, source, alike, first, scratch, signal);
    trial.tried.push(tried);
    const bytes = alike.reduce((sum, file) => sum + file.bytes, 0);
    trial.rows += parquetRows ?? (page.bytes === 0 ? 0 : Math.round((tried.rows * bytes) / page.bytes));
  }
  return trial;
}

interface File {
  name: string;
  path: string;
}

async function tryFile(
  engine: Engine,
  source: FilesSource,
  alike: readonly File[],
  { name, path }: File,
  folder: string,
  signal: AbortSignal,
): Promise<{ tried: FileTrial; page: Page; parquetRows: number | undefined }> {
  const scratch = await mkdtemp(join(folder, 'page-'));
  const session = await engine.open(scratch);
  const interrupt = () => session.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    const page = await pageOf(session, { path, format: source.format }, scratch, signal);
    const options = { scratch, signal, progress: () => undefined };
    const foreign = { path: page.path, name, format: source.format, sha256: '' };
    let fault: string | undefined;
    try {
      await readRaw(session, foreign, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FatalError)) throw error;
      fault = error.message;
    }
    const isWhole = !page.isCut;
    const found = fault === undefined ? await findingsOf(session, page) : nothing;
    const parquetRows = await rowsOfParquet(session, alike).catch(() => undefined);
    return { tried: { file: name, isWhole, ...found, fault }, page, parquetRows };
  } finally {
    signal.removeEventListener('abort', interrupt);
    session.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

const nothing = { rows: 0, refused: 0, refusals: [], unmapped: 0, fields: [] };

async function findingsOf(
  session: Session,
  page: Page,
): Promise<Omit<FileTrial, 'file' | 'isWhole' | 'fault'>> {
  await fillParameters(session, { file_sha256: ['VARCHAR', ''] });
  // Where the page was cut, the last row may be half of one.
  const cut = page.isCut ? 'QUALIFY row_number() OVER (ORDER BY line DESC, item DESC) > 1' : '';
  await session.define('page_rows', `SELECT * FROM raw_rows ${cut}`);
  const [count] = await session.rows<{ rows: number; unmapped: number }>(
    'SELECT count(*) AS rows, count(*) FILTER (WHERE unmapped_fields > 0) AS unmapped FROM page_rows',
  );
  await session.define(
    'page_refusals',
    `WITH raw_rows AS (SELECT * FROM page_rows) SELECT * FROM (${refusals})`,
  );
  const [refused] = await session.rows<{ refused: number }>('SELECT count(*) AS refused FROM page_refusals');
  return {
    ...count!,
    ...refused!,
    refusals: await session.rows('SELECT line, reason FROM page_refusals ORDER BY line, item LIMIT 3'),
    fields: await session.rows(
      `SELECT substr(measure, 10) AS field, value AS rows FROM raw_findings WHERE starts_with(measure, 'unmapped:')
       ORDER BY value DESC, measure LIMIT 5`,
    ),
  };
}

/** Rows of all files together, when they are Parquet: their ends tell. */
async function rowsOfParquet(session: Session, files: readonly File[]): Promise<number | undefined> {
  if (!files.every(file => file.name.endsWith('.parquet'))) return undefined;
  const list = files.map(file => quoteText(file.path)).join(', ');
  const [row] = await session.rows<{ rows: number }>(
    `SELECT CAST(sum(num_rows) AS BIGINT) AS rows FROM parquet_file_metadata([${list}])`,
  );
  return row!.rows;
}

/** What tells the kind of a file by its name: `.ndjson`, `.json.gz`. */
function extensionOf(name: string): string {
  return /(\.[a-z]+)?(\.(gz|zst|zstd))?$/i.exec(name)![0].toLowerCase();
}
