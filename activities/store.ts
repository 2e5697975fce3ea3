import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FatalError } from '../contracts/errors.ts';
import type { StoredTable, TableFile } from '../contracts/table.ts';
import { quoteName } from '../engine/engine.ts';
import type { Lake } from '../lake/lake.ts';
import { sha256 } from '../lake/steps.ts';
import type { Workshop } from './step.ts';

/** What a table promises its readers. */
export interface TableShape {
  table: string;
  sentence: string;
  grain: readonly string[];
  checks?: readonly string[];
  splitBy?: string | undefined;
  /** Whether its rows lie in the order of the grain already. */
  isSorted?: boolean;
  comments?: Readonly<Record<string, string>>;
  /** Over what the table's meaning depends on (SQL, methods, settings), not on the interval: unchanged days keep their bytes. */
  meaning: string;
}

const schemaVersion = '1';
const contractTypes = /^(BOOLEAN|INTEGER|BIGINT|DOUBLE|VARCHAR|DATE|TIMESTAMP|DECIMAL\(18,4\))$/;

/** Writes a table of the session to Parquet, checks what was written, and puts its files into the lake under their content's name. */
export async function storeTable(
  lake: Lake,
  campaign: string,
  workshop: Workshop,
  shape: TableShape,
): Promise<StoredTable> {
  const files = await writeFiles(workshop, shape);
  await workshop.session.attach(
    shape.table,
    files.map(file => file.path),
  );
  const columns = await workshop.session.describe(shape.table);
  checkTypes(shape, columns);
  await checkRows(workshop, shape);
  const stored: TableFile[] = [];
  for (const file of files) {
    workshop.attempt.signal.throwIfAborted();
    const hash = await sha256OfFile(file.path, workshop.attempt.signal);
    const day = file.day === undefined ? '' : `-${file.day}`;
    const key = `tables/${campaign}/${shape.table}/${shape.table}${day}-${hash.slice(0, 16)}.parquet`;
    stored.push({
      key,
      rows: file.rows,
      bytes: file.bytes,
      sha256: hash,
      ...(file.day ? { day: file.day } : {}),
    });
  }
  if (workshop.keep)
    await lake.put(stored.map((file, index) => ({ key: file.key, path: files[index]!.path })));
  // The files have moved: what reads the table later in this session reads them where they are now.
  if (workshop.keep) {
    await workshop.session.attach(
      shape.table,
      stored.map(file => lake.locate(file.key)),
    );
  }
  return {
    table: shape.table,
    sentence: shape.sentence,
    grain: [...shape.grain],
    columns: columns.map(column => ({ ...column, ...comment(shape, column.name) })),
    rows: stored.reduce((sum, file) => sum + file.rows, 0),
    sha256: contentHash(stored),
    files: stored,
  };
}

/** Over the content of a table's files, in order. */
export function contentHash(files: readonly TableFile[]): string {
  return files.length === 1 ? files[0]!.sha256 : sha256(files.map(file => file.sha256).join('\n'));
}

export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

async function writeFiles(workshop: Workshop, shape: TableShape) {
  const { session, scratch } = workshop;
  const metadata = {
    dataset: shape.table,
    schema_version: schemaVersion,
    fingerprint: shape.meaning,
    sentence: shape.sentence,
    grain: shape.grain.join(', '),
  };
  const path = (name: string) => join(scratch, `${shape.table}${name}.parquet`);
  const { splitBy, grain } = shape;
  if (splitBy !== undefined) {
    const parts = join(scratch, `${shape.table}.parts`);
    const layout = { splitBy, grain, metadata };
    const files = await session.storeDays(shape.table, parts, layout, day => path(`-${day}`));
    await rm(parts, { recursive: true, force: true });
    if (files.length > 0) return files;
  }
  return [
    {
      ...(await session.store(shape.table, path(''), { grain, isSorted: shape.isSorted, metadata })),
      day: undefined,
    },
  ];
}

function checkTypes(shape: TableShape, columns: { name: string; type: string }[]): void {
  const odd = columns.find(column => !contractTypes.test(column.type));
  if (odd !== undefined) {
    throw new FatalError(`${shape.table}.${odd.name} is ${odd.type}, which not every reader understands`, {
      next: 'cast it in the model to one of the types of the BI contract',
    });
  }
}

async function checkRows(workshop: Workshop, shape: TableShape): Promise<void> {
  const table = quoteName(shape.table);
  const checks = shape.checks ?? [];
  const counts = checks.map((check, index) => `count(*) FILTER (WHERE (${check}) IS NOT TRUE) AS c${index}`);
  if (counts.length > 0) {
    const [breaches] = await workshop.session.rows<Record<string, number>>(
      `SELECT ${counts.join(', ')} FROM ${table}`,
    );
    const broken = checks.findIndex((_, index) => breaches![`c${index}`]! > 0);
    if (broken >= 0) throw breach(shape, `${breaches![`c${broken}`]} rows break "${checks[broken]}"`);
  }
  if (shape.grain.length === 0) return;
  const [repeated] = await workshop.session.rows<{ n: number }>(repeatedIn(shape));
  if (repeated!.n > 0) {
    throw breach(shape, `${repeated!.n} keys stand more than once in its grain (${shape.grain.join(', ')})`);
  }
}

/** Counts repeated keys. A file sorted by its grain has equal keys side by side, which is five times cheaper to see. */
function repeatedIn({ table, grain, splitBy }: TableShape): string {
  if (splitBy !== undefined) {
    const keys = grain.map(quoteName).join(', ');
    return `SELECT count(*) AS n FROM (SELECT 1 FROM ${quoteName(table)} GROUP BY ${keys} HAVING count(*) > 1)`;
  }
  const same = grain
    .map(quoteName)
    .map(name => `${name} IS NOT DISTINCT FROM lag(${name}) OVER ()`)
    .join(' AND ');
  return `SELECT count(*) AS n FROM (SELECT row_number() OVER () AS place, ${same} AS same FROM ${quoteName(table)}) WHERE same AND place > 1`;
}

function breach(shape: TableShape, what: string): FatalError {
  return new FatalError(`${shape.table} failed its check: ${what}`, {
    next: 'nothing of it was committed; the last good night stays published',
  });
}

function comment(shape: TableShape, column: string): { comment?: string } {
  const text = shape.comments?.[column];
  return text === undefined ? {} : { comment: text };
}
