import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { parseExactly } from './exactJson.ts';
import { textOf } from './fileKind.ts';
import { isBlank, type Line, linesOf, tooLong } from './lines.ts';

/** One JSON document of a file, or the reason why there is none where one should be. */
export type Document = { line: number } & ({ value: unknown; hasNul: boolean } | { refused: string });

/** Why the last document of a file is refused when the file ends before it does. */
export const unfinishedDocument = 'the file ends in the middle of the document that begins here';

/** Bytes beyond which a document of many lines is refused: it must fit in one text. */
const longestDocument = 256 * 1024 * 1024;

/**
 * The JSON documents of a file: one a line, or written over many lines, or the elements of one list.
 *
 * @param head the first bytes of the file
 */
export async function* documentsOf(
  path: string,
  head: Buffer,
  signal: AbortSignal,
): AsyncGenerator<Document> {
  if (isOneALine(head)) {
    for await (const lines of linesOf(path, signal)) {
      for (const line of lines) if (!isBlank(line)) yield* documentsIn(documentOf(line));
    }
    return;
  }
  for await (const piece of piecesOf(path, signal)) {
    if (piece.bytes === undefined) yield { line: piece.line, refused: piece.refused };
    else yield* documentsIn(parse(piece.bytes, piece.line));
  }
}

/** A document written on one line. */
export function documentOf(line: Line): Document {
  if (line.bytes === undefined) return { line: line.number, refused: tooLong(line.length) };
  return parse(line.bytes, line.number);
}

function* documentsIn(document: Document): Iterable<Document> {
  if ('value' in document && Array.isArray(document.value)) {
    for (const value of document.value) yield { ...document, value };
  } else yield document;
}

function parse(bytes: Buffer, line: number): Document {
  if (!isUtf8(bytes)) {
    return { line, refused: 'line is not UTF-8; convert the file, for example: iconv -f latin1 -t utf-8' };
  }
  const raw = new TextDecoder().decode(bytes);
  const hasNul = raw.includes('\0');
  const text = hasNul ? raw.replaceAll('\0', '') : raw;
  try {
    return { line, value: parseExactly(text), hasNul };
  } catch {
    const unfinished = /^\s*[{[]/.test(text) && !/[}\]]\s*$/.test(text);
    return { line, refused: unfinished ? 'line is cut short: its JSON does not end' : 'line is not JSON' };
  }
}

/** Whether lines are documents: the first line that is one decides; nothing whole on a line means that they are not. */
function isOneALine(head: Buffer): boolean {
  const lines = textOf(head).split('\n');
  if (lines.length > 1) lines.pop();
  const filled = lines.filter(line => line.trim() !== '');
  const whole = filled.some(line => {
    if (!/^[{[]/.test(line)) return false;
    try {
      return Object.keys(JSON.parse(line)).length > 0;
    } catch {
      return false;
    }
  });
  if (whole) return !(filled.length === 1 && filled[0]!.startsWith('['));
  // A first line that fills the head is one long document a line, unless it is a list, whose elements can be streamed.
  return filled.length === 1 && filled[0]!.startsWith('{');
}

type Piece = { line: number; bytes: Buffer } | { line: number; bytes: undefined; refused: string };

const [newline, quote, comma, backslash] = [10, 34, 44, 92];
const [listOpens, listCloses, objectOpens, objectCloses] = [91, 93, 123, 125];
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Cuts a text of JSON into its documents, or into the elements of its list, by counting brackets outside of strings. */
async function* piecesOf(path: string, signal: AbortSignal): AsyncGenerator<Piece> {
  let line = 1;
  let strayLine = 0;
  let inList = false;
  /** Line on which the document at hand began, 0 between documents. */
  let begun = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let held: Buffer[] = [];
  let bytesHeld = 0;
  const hold = (part: Buffer): void => {
    bytesHeld += part.length;
    if (bytesHeld <= longestDocument) held.push(part);
    else held = [];
  };
  const end = (): Piece => {
    const piece: Piece =
      bytesHeld > longestDocument
        ? {
            line: begun,
            bytes: undefined,
            refused: `document is longer than ${longestDocument / 1024 / 1024} MB`,
          }
        : { line: begun, bytes: Buffer.concat(held) };
    begun = 0;
    held = [];
    bytesHeld = 0;
    return piece;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (byte === newline) line += 1;
      if (begun > 0) {
        if (escaped) escaped = false;
        else if (inString) {
          if (byte === backslash) escaped = true;
          else if (byte === quote) inString = false;
        } else if (byte === quote) inString = true;
        else if (byte === objectOpens || byte === listOpens) depth += 1;
        else if (byte === objectCloses || byte === listCloses) depth -= 1;
        if (depth > 0) continue;
        hold(bytes.subarray(from, at + 1));
        yield end();
      } else if (byte === listOpens && !inList) inList = true;
      else if (byte === listCloses && inList) inList = false;
      else if (byte === objectOpens || byte === listOpens) {
        begun = line;
        from = at;
        depth = 1;
      } else if (byte > 32 && byte !== comma && !byteOrderMark.includes(byte) && strayLine !== line) {
        strayLine = line;
        yield { line, bytes: undefined, refused: 'line holds something that is no JSON document' };
      }
    }
    if (begun > 0) {
      hold(bytes.subarray(from));
      from = 0;
    }
  }
  if (begun > 0) yield { line: begun, bytes: undefined, refused: unfinishedDocument };
}
