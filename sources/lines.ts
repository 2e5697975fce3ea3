import { createReadStream } from 'node:fs';
import { longestLine } from '../contracts/message.ts';

/** One line of a file, without its line feed. */
export interface Line {
  /** From 1. */
  number: number;
  /** Undefined when the line is too long: it is never held whole. */
  bytes: Buffer | undefined;
  /** Bytes of the line. */
  length: number;
}

const newline = 10;

/**
 * Reads a file line by line, in batches; blank lines are given too. A line feed at the very end begins no line.
 *
 * @param longest bytes beyond which a line is not held
 */
export async function* linesOf(
  path: string,
  signal?: AbortSignal,
  longest = longestLine,
): AsyncGenerator<Line[]> {
  let number = 1;
  let begun: Buffer[] = [];
  let length = 0;
  const end = (): Line => {
    const bytes = length > longest ? undefined : begun.length === 1 ? begun[0]! : Buffer.concat(begun);
    const line = { number, bytes, length };
    number += 1;
    begun = [];
    length = 0;
    return line;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const bytes = chunk as Buffer;
    const lines: Line[] = [];
    let from = 0;
    while (from < bytes.length) {
      const at = bytes.indexOf(newline, from);
      const part = bytes.subarray(from, at === -1 ? bytes.length : at);
      length += part.length;
      if (length <= longest) begun.push(part);
      else begun = [];
      if (at === -1) break;
      lines.push(end());
      from = at + 1;
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [end()];
}

/** Whether a line holds nothing but white space, as DuckDB's JSON reader sees it. */
export function isBlank(line: Line): boolean {
  return line.bytes?.every(byte => byte === 32 || (byte >= 9 && byte <= 13)) ?? false;
}

export function tooLong(bytes: number, longest = longestLine): string {
  const megabyte = 1024 * 1024;
  return `line of ${Math.floor(bytes / megabyte)} MB is longer than ${longest / megabyte} MB`;
}
