import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import { quoteName, quoteText, type Session } from '../engine/engine.ts';
import { csvFields, csvRecords } from './csvRecords.ts';
import { textOf } from './fileKind.ts';
import type { Findings } from './findings.ts';
import { linesOf } from './lines.ts';
import type { PlainFile } from './platformBodies.ts';
import { type FileRow, RowFile, refusal } from './rawRows.ts';
import type { TableColumns } from './tableColumns.ts';

interface Header {
  delimiter: string;
  names: string[];
  /** Lines that it takes. */
  lines: number;
  columns: TableColumns;
}

/** What a CSV file is read for. */
export interface CsvReading {
  /** The fields, each a column of the result in this order. */
  fields: readonly string[];
  /** Finds the fields in the header, which stands on a line. */
  columnsOf(names: readonly string[], line: number): TableColumns;
  findings: Findings;
  scratch: string;
  signal: AbortSignal;
}

/** Where the records of a CSV file are found: `line`, `unmapped_fields`, `refused`, and a text column a field. */
export const csvRows = 'csv_rows';

/**
 * Reads a CSV file into `csv_rows`. DuckDB reads a clean file; one in which it stumbles, or in which lines do not add
 * up, is read again record by record, so that the good rows of a bad file are kept.
 *
 * @param name the file as its owner knows it
 */
export async function readCsv(
  session: Session,
  file: PlainFile,
  name: string,
  reading: CsvReading,
): Promise<void> {
  const header = headerOf(file, name, reading);
  // DuckDB would take a blank first line for the header.
  const isClean =
    !startsBlank(file) && file.cut === undefined && (await readClean(session, file, header, reading));
  if (!isClean) await readByRecords(session, file, header, reading);
  else await countUnknownColumns(session, header, reading.findings);
}

function startsBlank(file: PlainFile): boolean {
  return /^[\r\n]/.test(textOf(file.head));
}

function headerOf(file: PlainFile, name: string, { columnsOf }: CsvReading): Header {
  const whole = textOf(file.head);
  const text = whole.replace(/^(\r?\n)+/, '');
  const blank = whole.slice(0, whole.length - text.length).split('\n').length - 1;
  const line = text.split('\n', 1)[0]!;
  if (/\r(?!$)/.test(line)) {
    throw new FatalError('its lines end with a carriage return alone', {
      where: name,
      next: "convert them: tr '\\r' '\\n'",
    });
  }
  const delimiter = [',', ';', '\t']
    .map(mark => ({ mark, fields: csvFields(text, mark)?.length ?? 0 }))
    .reduce((best, next) => (next.fields > best.fields ? next : best)).mark;
  const names = csvFields(text, delimiter);
  if (names === undefined) {
    throw new FatalError('its header can’t be read: a quote is not closed', {
      where: name,
      next: 'mend the first line',
    });
  }
  const lines = names.join('').split('\n').length;
  return { delimiter, names, lines, columns: columnsOf(names, blank + 1) };
}

/** Whether DuckDB could read the file and every line of it is accounted for. */
async function readClean(
  session: Session,
  file: PlainFile,
  header: Header,
  { fields, signal }: CsvReading,
): Promise<boolean> {
  const columns = header.names.map((_, place) => `'c${place}': 'VARCHAR'`).join(', ');
  const [reading, counting] = await Promise.allSettled([
    session.define(
      'csv_records',
      `SELECT * FROM read_csv(${quoteText(file.path)}, auto_detect = false, header = true, delim = ${quoteText(header.delimiter)},
         quote = '"', escape = '"', strict_mode = true, columns = {${columns}})`,
    ),
    countLines(file.path, signal),
  ]);
  signal.throwIfAborted();
  if (counting.status === 'rejected') throw counting.reason;
  if (reading.status === 'rejected') return false;
  const [count] = await session.rows<{ records: number }>('SELECT count(*) AS records FROM csv_records');
  const extra = counting.value - header.lines - count!.records;
  if (extra === 0) {
    const line = `c.rowid + ${header.lines + 1}`;
    await session.view(csvRows, selectRecords(header, fields, 'csv_records c', line));
    return true;
  }
  return numberByBreaks(session, header, fields, extra);
}

/** Numbers records whose fields hold line breaks; false when those are not all of the extra lines. */
async function numberByBreaks(
  session: Session,
  header: Header,
  fields: readonly string[],
  extra: number,
): Promise<boolean> {
  const text = `concat_ws('', ${header.names.map((_, place) => `c${place}`).join(', ')})`;
  await session.define(
    'csv_breaks',
    `SELECT after, CAST(sum(breaks) OVER (ORDER BY after) AS BIGINT) AS breaks
     FROM (SELECT rowid + 1 AS after, length(text) - length(replace(text, chr(10), '')) AS breaks
       FROM (SELECT rowid, ${text} AS text FROM csv_records) WHERE contains(text, chr(10)))`,
  );
  const [total] = await session.rows<{ breaks: number | null }>(
    'SELECT max(breaks) AS breaks FROM csv_breaks',
  );
  if (total!.breaks !== extra) return false;
  const line = `c.rowid + ${header.lines + 1} + coalesce(b.breaks, 0)`;
  const from = 'csv_records c ASOF LEFT JOIN csv_breaks b ON c.rowid >= b.after';
  await session.define(csvRows, selectRecords(header, fields, from, line));
  return true;
}

function selectRecords(header: Header, fields: readonly string[], from: string, line: string): string {
  const { places, unknown } = header.columns;
  const texts = fields.map(field => {
    const text = places.has(field) ? `c.c${places.get(field)}` : 'CAST(NULL AS VARCHAR)';
    return `${text} AS ${quoteName(field)}`;
  });
  const unmapped = ['0', ...unknown.map(({ place }) => `CAST(c.c${place} IS NOT NULL AS INTEGER)`)].join(
    ' + ',
  );
  return `SELECT ${line} AS line, CAST(${unmapped} AS INTEGER) AS unmapped_fields, CAST(NULL AS VARCHAR) AS refused,
    ${texts.join(', ')} FROM ${from}`;
}

async function countUnknownColumns(session: Session, header: Header, findings: Findings): Promise<void> {
  const { unknown } = header.columns;
  if (unknown.length === 0) return;
  const counts = unknown.map(({ place }) => `count(c${place}) AS c${place}`).join(', ');
  const [row] = await session.rows<Record<string, number>>(`SELECT ${counts} FROM csv_records`);
  for (const { name, place } of unknown) findings.unmapped(name, row![`c${place}`]!);
}

async function readByRecords(
  session: Session,
  file: PlainFile,
  header: Header,
  { fields, findings, scratch, signal }: CsvReading,
): Promise<void> {
  const rows = new RowFile(join(scratch, 'records.ndjson'), fields);
  try {
    let isHeader = true;
    for await (const record of csvRecords(linesOf(file.path, signal), header.delimiter)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if ('refused' in record) await rows.add(record.line, refusal(record.refused));
      else await rows.add(record.line, rowOf(record.fields, record.hasNul, header, findings));
    }
    if (file.cut !== undefined) await rows.add((await countLines(file.path, signal)) + 1, refusal(file.cut));
  } finally {
    await rows.close();
  }
  const names = ['line', 'unmapped_fields', 'refused', ...fields].map(quoteName);
  await session.define(csvRows, `SELECT ${names.join(', ')} FROM (${rows.select()})`);
}

function rowOf(cells: string[], hasNul: boolean, header: Header, findings: Findings): FileRow {
  if (cells.length !== header.names.length) {
    return refusal(`line has ${cells.length} fields, the header ${header.names.length}`);
  }
  if (hasNul) findings.count('nul_removed');
  const filled = header.columns.unknown.filter(({ place }) => cells[place] !== '');
  for (const { name } of filled) findings.unmapped(name);
  const named = [...header.columns.places].map(([field, place]) => [field, cells[place] || null]);
  return { fields: Object.fromEntries(named), unmapped: filled.length };
}

/** Lines of a file, the last one counted whether it ends with a line feed or not. */
async function countLines(path: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  let last = 10;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
    last = bytes.at(-1) ?? last;
  }
  return last === 10 ? count : count + 1;
}
