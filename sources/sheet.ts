import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import { type Sheet, sheets } from '../contracts/sheets.ts';
import { quoteName, quoteText, type Session } from '../engine/engine.ts';
import { csvRows, readCsv } from './csvTable.ts';
import { headOf, kindOf, textOf } from './fileKind.ts';
import { Findings } from './findings.ts';
import { packingOf, unpack } from './plainCopy.ts';
import { tableColumns } from './tableColumns.ts';

/** One file of a sheet. */
export interface SheetFile {
  sheet: Sheet;
  /** Any copy of it. */
  path: string;
  /** The file as its owner knows it. */
  name: string;
}

/**
 * Reads a file of a sheet into a table of the session: file, line, refused, and every column of the sheet as text.
 *
 * @param scratch a folder of the caller's
 * @returns what was odd without costing a row, by measure
 * @throws FatalError where it is no CSV, or lacks a column
 */
export async function readSheet(
  session: Session,
  { sheet, path, name }: SheetFile,
  table: string,
  { scratch, signal }: { scratch: string; signal: AbortSignal },
): Promise<[measure: string, value: number][]> {
  const head = await headOf(path);
  const packing = packingOf(head);
  const file =
    packing === undefined
      ? { path, head, cut: undefined }
      : await unpacked(await unpack(path, packing, join(scratch, 'unpacked'), signal));
  refuseOtherKinds(file.head, name);
  const { columns, optional } = sheets[sheet];
  const required = columns.filter(column => !(optional as readonly string[]).includes(column));
  const findings = new Findings();
  await readCsv(session, file, name, {
    fields: columns,
    columnsOf: (names, line) =>
      tableColumns(names, { fields: columns, required, of: sheet }, `${name}:${line}`),
    findings,
    scratch,
    signal,
  });
  const list = ['line', 'refused', ...columns].map(quoteName).join(', ');
  await session.define(table, `SELECT ${quoteText(name)} AS file, ${list} FROM ${csvRows}`);
  const [odd] = await session.rows<{ rows: number }>(
    `SELECT count(*) AS rows FROM ${csvRows} WHERE unmapped_fields > 0`,
  );
  findings.count('unmapped_rows', odd!.rows);
  if (file.path !== path) await rm(file.path, { force: true });
  return findings.entries();
}

async function unpacked({ path, cut }: { path: string; cut: string | undefined }) {
  return { path, head: await headOf(path), cut };
}

function refuseOtherKinds(head: Buffer, name: string): void {
  const kind = kindOf(head, name);
  if (kind === 'empty' || textOf(head).trim() === '') {
    throw new FatalError('the file is empty: not even its header is there', {
      where: name,
      next: 'export it again; where there is nothing to say, leave the header alone in it',
    });
  }
  // A sheet of one column holds no mark between columns and passes for JSON until it is looked at.
  const isJson = kind === 'json' && /^\s*[[{]/.test(textOf(head));
  if (kind !== 'parquet' && !isJson) return;
  throw new FatalError(`the file is ${kind === 'parquet' ? 'Parquet' : 'JSON'}; a sheet is CSV`, {
    where: name,
    next: 'export it as CSV, with a header',
  });
}
