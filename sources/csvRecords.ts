import { isUtf8 } from 'node:buffer';
import { type Line, tooLong } from './lines.ts';

export type CsvRecord =
  | { line: number; fields: string[]; hasNul: boolean }
  | { line: number; refused: string };

/** Characters after which an open quote is taken for a stray one: no post is that long. */
const longestRecord = 2 * 1024 * 1024;

/**
 * The records of a CSV file, one by one, whatever is wrong with some of them: a record that does not close its quotes
 * costs its first line, and reading goes on with the next.
 */
export async function* csvRecords(
  batches: AsyncIterable<Line[]>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  const lines = new LineQueue(batches);
  for (let first = await lines.next(); first !== undefined; first = await lines.next()) {
    if (first.bytes === undefined) {
      yield { line: first.number, refused: tooLong(first.length) };
      continue;
    }
    if (/^[\r]?$/.test(textOfLine(first) ?? '?')) continue;
    const parser = new RecordParser(delimiter);
    const taken: Line[] = [];
    let refused: string | undefined;
    let line: Line | undefined = first;
    while (true) {
      const text: string | undefined = line === undefined ? undefined : textOfLine(line);
      if (line === undefined || parser.length > longestRecord)
        refused = 'a quote opened on this line is never closed';
      else {
        taken.push(line);
        if (text === undefined)
          refused = 'line is not UTF-8; convert the file, for example: iconv -f latin1 -t utf-8';
        else refused = parser.feed(text);
      }
      if (refused !== undefined || !parser.isOpen) break;
      line = await lines.next();
    }
    if (refused === undefined) yield { line: first.number, fields: parser.fields, hasNul: parser.hasNul };
    else {
      yield { line: first.number, refused };
      lines.putBack(taken.slice(1));
    }
  }
}

/** The fields of a record that is whole in one text; undefined where it is not. */
export function csvFields(text: string, delimiter: string): string[] | undefined {
  const parser = new RecordParser(delimiter);
  for (const line of text.split('\n')) {
    if (parser.feed(line) !== undefined) return undefined;
    if (!parser.isOpen) return parser.fields;
  }
  return undefined;
}

/** RFC 4180, line by line. */
class RecordParser {
  readonly fields: string[] = [];
  readonly #delimiter: string;
  #quoted: string | undefined;
  length = 0;
  hasNul = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Whether a quote is open, so that the record goes on with the next line. */
  get isOpen(): boolean {
    return this.#quoted !== undefined;
  }

  /** Takes a line without its line feed; the reason when it can't belong to a record. */
  feed(line: string): string | undefined {
    this.length += line.length + 1;
    if (line.includes('\0')) this.hasNul = true;
    const text = line.replaceAll('\0', '');
    let at = 0;
    if (this.#quoted !== undefined) this.#quoted += '\n';
    while (true) {
      if (this.#quoted === undefined && text[at] === '"') {
        this.#quoted = '';
        at += 1;
      }
      if (this.#quoted === undefined) {
        const end = text.indexOf(this.#delimiter, at);
        if (end === -1) {
          this.fields.push(text.slice(at).replace(/\r$/, ''));
          return undefined;
        }
        this.fields.push(text.slice(at, end));
        at = end + 1;
        continue;
      }
      const end = text.indexOf('"', at);
      if (end === -1) {
        this.#quoted += text.slice(at);
        return undefined;
      }
      this.#quoted += text.slice(at, end);
      at = end + 1;
      if (text[at] === '"') {
        this.#quoted += '"';
        at += 1;
        continue;
      }
      this.fields.push(this.#quoted);
      this.#quoted = undefined;
      if (at === text.length || (text[at] === '\r' && at === text.length - 1)) return undefined;
      if (text[at] !== this.#delimiter) return 'text stands after a closing quote';
      at += 1;
    }
  }
}

class LineQueue {
  readonly #batches: AsyncIterator<Line[]>;
  #lines: Line[] = [];
  #at = 0;

  constructor(batches: AsyncIterable<Line[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  async next(): Promise<Line | undefined> {
    while (this.#at >= this.#lines.length) {
      const { value, done } = await this.#batches.next();
      if (done) return undefined;
      this.#lines = value;
      this.#at = 0;
    }
    return this.#lines[this.#at++];
  }

  putBack(lines: Line[]): void {
    if (lines.length === 0) return;
    this.#lines = [...lines, ...this.#lines.slice(this.#at)];
    this.#at = 0;
  }
}

function textOfLine(line: Line): string | undefined {
  const { bytes } = line;
  if (bytes === undefined || !isUtf8(bytes)) return undefined;
  return new TextDecoder('utf-8', { ignoreBOM: line.number !== 1 }).decode(bytes);
}
