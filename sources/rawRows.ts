import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type MessageField, messageFields } from '../contracts/message.ts';
import { quoteName, quoteText, type Session } from '../engine/engine.ts';
import type { Findings } from './findings.ts';
import type { MappedRow } from './source.ts';

/** The table that every reader leaves for SQL to judge: one row a message as it came, all text. */
export const rawRows = 'raw_rows';

const batchCharacters = 1 << 20;

/** A row on its way to the engine: fields by name, and what the reader says of it. */
export type FileRow = Omit<MappedRow, 'fields'> & {
  fields: Partial<Record<string, string | null>>;
  /** What was asked, where a network was. */
  query?: string;
};

/** Rows made in this process, on their way to the engine by a file of the scratch folder: any number of them. */
export class RowFile {
  readonly path: string;
  readonly #fields: readonly string[];
  readonly #stream: WriteStream;
  #batch: string[] = [];
  #characters = 0;
  #longest = 0;
  #last = { line: 0, item: 0 };
  rows = 0;

  /** @param fields which there may be, each a column */
  constructor(path: string, fields: readonly string[] = messageFields) {
    this.path = path;
    this.#fields = fields;
    this.#stream = createWriteStream(path);
  }

  /** Adds the next row of a line: rows of one line are numbered in order. */
  async add(line: number, row: FileRow): Promise<void> {
    const item = line === this.#last.line ? this.#last.item + 1 : 0;
    this.#last = { line, item };
    const { fields, isIncluded = false, unmapped = 0, refused, local, query } = row;
    const text = JSON.stringify(
      {
        line,
        item,
        is_included: isIncluded,
        unmapped_fields: unmapped,
        refused,
        ...fields,
        query,
        local_id: local?.id,
        local_parent: local?.parent,
        local_host: local?.host,
      },
      wellFormed,
    );
    this.#batch.push(text);
    this.#characters += text.length;
    this.#longest = Math.max(this.#longest, text.length);
    this.rows += 1;
    if (this.#characters > batchCharacters) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await finished(this.#stream);
  }

  /** The rows, once closed. */
  select(): string {
    const columns = {
      line: 'BIGINT',
      item: 'INTEGER',
      is_included: 'BOOLEAN',
      unmapped_fields: 'INTEGER',
      ...Object.fromEntries(['refused', ...this.#fields, ...ofCaptures].map(name => [name, 'VARCHAR'])),
    };
    const typed = Object.entries(columns).map(([name, type]) => `${quoteName(name)}: ${quoteText(type)}`);
    // A text of one character can take six bytes.
    const longest = Math.max(1 << 24, this.#longest * 6);
    return `SELECT * FROM read_json(${quoteText(this.path)}, format = 'newline_delimited', auto_detect = false,
      maximum_object_size = ${longest}, columns = {${typed.join(', ')}})`;
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const text = `${this.#batch.join('\n')}\n`;
    this.#batch = [];
    this.#characters = 0;
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }
}

/** What only rows of live sources have: the question that brought them, and ids that one server alone understands. */
const ofCaptures = ['query', 'local_id', 'local_parent', 'local_host'];

/** The columns of a capture's rows, kept as they are. */
export const asCaptured: Record<string, string> = Object.fromEntries(ofCaptures.map(name => [name, name]));

/** Half a surrogate pair can't be written in UTF-8. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/**
 * The columns of `raw_rows` in their order, given the expressions that differ from the column's own name. What only
 * captures have is NULL unless given.
 */
export function rawColumns(expressions: Partial<Record<string, string>>): string {
  const names = [
    'line',
    'item',
    'is_included',
    'unmapped_fields',
    'refused',
    ...messageFields,
    ...ofCaptures,
  ];
  const given: Partial<Record<string, string>> = { ...noCapture, ...expressions };
  return names
    .map(name => (given[name] === undefined ? quoteName(name) : `${given[name]} AS ${quoteName(name)}`))
    .join(', ');
}

const noCapture = Object.fromEntries(ofCaptures.map(name => [name, 'CAST(NULL AS VARCHAR)']));

/** Leaves what was found as `raw_findings`. */
export async function fillFindings(session: Session, findings: Findings): Promise<void> {
  await session.fill('raw_findings', { measure: 'VARCHAR', value: 'BIGINT' }, findings.entries());
}

/** A row of the reader's own: why nothing could be made of a line. */
export function refusal(reason: string): MappedRow {
  return { fields: {}, refused: reason };
}

/** Whether a name is a field of a message. */
export function isMessageField(name: string): name is MessageField {
  return (messageFields as readonly string[]).includes(name);
}
