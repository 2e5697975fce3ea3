import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { messageFields } from '../contracts/message.ts';
import { quoteText, type Session } from '../engine/engine.ts';
import { documentOf } from './documents.ts';
import type { Findings } from './findings.ts';
import { asObject } from './knownFields.ts';
import { isBlank, type Line, linesOf } from './lines.ts';
import type { PlainFile } from './platformBodies.ts';
import { isMessageField, RowFile, rawColumns, rawRows, refusal } from './rawRows.ts';
import type { MappedRow } from './source.ts';

/** Between the names of a line's fields; no sane name holds it. */
const unitSeparator = 'chr(31)';

/**
 * Reads messages written one JSON object a line into `raw_rows`. DuckDB reads the file; only lines that it cannot use,
 * and the places of blank lines, are looked for here.
 */
export async function readMessagesJson(
  session: Session,
  file: PlainFile,
  findings: Findings,
  options: { scratch: string; signal: AbortSignal },
): Promise<void> {
  await defineLines(session, file.path, options);
  const [seen] = await session.rows<{ lines: number; odd: number; bytes: number | null }>(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE ${isOdd}) AS odd, CAST(sum(bytes) AS BIGINT) AS bytes FROM json_lines`,
  );
  const { lines, odd, bytes } = seen!;
  const { size } = await stat(file.path);
  const unaccounted = size - (bytes ?? 0) - lines;
  const isPlain = odd === 0 && (unaccounted === 0 || unaccounted === -1) && file.cut === undefined;
  await countUnknownFields(session, findings);
  const fields = Object.fromEntries(messageFields.map(name => [name, `l.message."${name}"`]));
  const known = { ...fields, item: '0', is_included: 'false', refused: 'CAST(NULL AS VARCHAR)' };
  const from = 'json_lines l LEFT JOIN unknown_shapes s ON s.names = l.names';
  const hasUnknown = (await session.rows('SELECT 1 FROM unknown_shapes LIMIT 1')).length > 0;
  const unmapped = hasUnknown ? 'coalesce(s.unmapped_fields, 0)' : '0';
  const columns = { ...known, unmapped_fields: `CAST(${unmapped} AS INTEGER)` };
  const table = hasUnknown ? from : 'json_lines l';
  if (isPlain) {
    await session.view(rawRows, `SELECT ${rawColumns({ ...columns, line: 'l.rowid + 1' })} FROM ${table}`);
    return;
  }
  const repaired = await repairLines(session, file, lines, findings, options);
  const line = 'l.rowid + 1 + coalesce(b.blanks, 0)';
  await session.define(
    rawRows,
    `SELECT ${rawColumns({ ...columns, line })} FROM ${table} ASOF LEFT JOIN blank_lines b ON l.rowid >= b.before
     WHERE NOT (${isOdd.replaceAll('names', 'l.names')})
     UNION ALL SELECT ${rawColumns({})} FROM (${repaired.select()})`,
  );
}

/** A line that DuckDB could not parse, or that is no object, or an object without fields. */
const isOdd = `coalesce(names, '') = ''`;

async function defineLines(
  session: Session,
  path: string,
  options: { scratch: string; signal: AbortSignal },
): Promise<void> {
  const shape = JSON.stringify(Object.fromEntries(messageFields.map(name => [name, 'VARCHAR'])));
  const select = (source: string) =>
    `SELECT json_transform(json, ${quoteText(shape)}) AS message,
       array_to_string(json_keys(json), ${unitSeparator}) AS names, CAST(strlen(json) AS INTEGER) AS bytes
     FROM read_ndjson_objects(${quoteText(source)}, format = 'newline_delimited', ignore_errors = true)`;
  try {
    await session.define('json_lines', select(path));
  } catch (error) {
    options.signal.throwIfAborted();
    if (!/maximum_object_size/.test(String(error))) throw error;
    const shortened = join(options.scratch, 'shortened.ndjson');
    await shortenLines(path, shortened, options.signal);
    await session.define('json_lines', select(shortened));
  }
}

/** Copies a file with a mark in place of each line that is too long, so that no reader has to hold it. */
async function shortenLines(path: string, copy: string, signal: AbortSignal): Promise<void> {
  const target = createWriteStream(copy, { highWaterMark: 1 << 20 });
  const mark = Buffer.from('too long');
  for await (const lines of linesOf(path, signal)) {
    const text = Buffer.concat(lines.flatMap(line => [line.bytes ?? mark, Buffer.from('\n')]));
    if (!target.write(text)) await once(target, 'drain');
  }
  target.end();
  await finished(target);
}

async function countUnknownFields(session: Session, findings: Findings): Promise<void> {
  const known = messageFields.map(quoteText).join(', ');
  // Two steps, so that the names are split once a shape and not once a line.
  await session.define(
    'shapes',
    `SELECT names, count(*) AS lines FROM json_lines WHERE NOT (${isOdd}) GROUP BY names`,
  );
  await session.define(
    'unknown_shapes',
    `SELECT *, CAST(len(unknown) AS INTEGER) AS unmapped_fields
     FROM (SELECT *, list_filter(string_split(names, ${unitSeparator}), name -> name NOT IN (${known})) AS unknown FROM shapes)
     WHERE len(unknown) > 0`,
  );
  const counts = await session.rows<{ name: string; lines: number }>(
    `SELECT name, CAST(sum(lines) AS BIGINT) AS lines FROM (SELECT unnest(unknown) AS name, lines FROM unknown_shapes)
     GROUP BY name ORDER BY lines DESC, name LIMIT 10000`,
  );
  for (const { name, lines } of counts) findings.unmapped(name, lines);
}

/** Finds the lines that DuckDB could not use by their place, repairs what can be, and notes where blank lines stand. */
async function repairLines(
  session: Session,
  file: PlainFile,
  known: number,
  findings: Findings,
  options: { scratch: string; signal: AbortSignal },
): Promise<RowFile> {
  const odd = await session.columns(
    `SELECT CAST(rowid AS DOUBLE) AS place FROM json_lines WHERE ${isOdd} ORDER BY rowid`,
  );
  const places = odd.place as Float64Array;
  const rows = new RowFile(join(options.scratch, 'repaired.ndjson'));
  const blanks = new BlankLines(join(options.scratch, 'blanks.csv'));
  try {
    let place = 0;
    let next = 0;
    let last = 0;
    for await (const lines of linesOf(file.path, options.signal)) {
      for (const line of lines) {
        last = line.number;
        if (isBlank(line)) {
          await blanks.add(place);
          continue;
        }
        // DuckDB gives no row at all for a file of one byte.
        const isUnusable = places[next] === place;
        if (isUnusable || place >= known) await rows.add(line.number, repaired(line, findings));
        if (isUnusable) next += 1;
        place += 1;
      }
    }
    if (file.cut !== undefined) await rows.add(last + 1, refusal(file.cut));
  } finally {
    await rows.close();
    await blanks.close();
  }
  await session.define('blank_lines', blanks.select());
  return rows;
}

function repaired(line: Line, findings: Findings): MappedRow {
  const document = documentOf(line);
  if ('refused' in document) return refusal(document.refused);
  const object = asObject(document.value);
  if (object === undefined) return refusal('line is JSON but not an object');
  if (document.hasNul) findings.count('nul_removed');
  const fields: MappedRow['fields'] = {};
  let unmapped = 0;
  for (const [name, value] of Object.entries(object)) {
    if (isMessageField(name)) fields[name] = textOf(value);
    else {
      findings.unmapped(name);
      unmapped += 1;
    }
  }
  return { fields, unmapped };
}

function textOf(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** How many blank lines stand before a filled one, written where it changes. */
class BlankLines {
  readonly #path: string;
  readonly #stream;
  #before = -1;
  #blanks = 0;

  constructor(path: string) {
    this.#path = path;
    this.#stream = createWriteStream(path);
  }

  async add(place: number): Promise<void> {
    if (place !== this.#before) await this.#write();
    this.#before = place;
    this.#blanks += 1;
  }

  async close(): Promise<void> {
    await this.#write();
    this.#stream.end();
    await finished(this.#stream);
  }

  select(): string {
    return `SELECT * FROM read_csv(${quoteText(this.#path)}, auto_detect = false, header = false, delim = ',',
      columns = {'before': 'BIGINT', 'blanks': 'BIGINT'})`;
  }

  async #write(): Promise<void> {
    if (this.#before < 0) return;
    if (!this.#stream.write(`${this.#before},${this.#blanks}\n`)) await once(this.#stream, 'drain');
  }
}
