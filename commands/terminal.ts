import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Scalar } from '../engine/engine.ts';

/** How a command speaks: data on stdout, everything else on stderr. */
export interface Terminal {
  json: boolean;
  /** A line of progress, on stderr. */
  log(line: string): void;
}

export function terminal(json: boolean): Terminal {
  return { json, log: line => process.stderr.write(`${line}\n`) };
}

/** Writes a command's data: one JSON document, or what a person reads. */
export function print({ json }: Terminal, data: unknown, readable: () => string): void {
  // JSON may say any character by its number, so that its text too steers no terminal.
  process.stdout.write(`${json ? visible(JSON.stringify(data, null, 2)) : readable()}\n`);
}

/** Text in a colour, where stderr is a terminal that shows colours and NO_COLOR is not set. */
export function coloured(colour: 'red' | 'green' | 'yellow' | 'dim', text: string): string {
  return styleText(colour, text, { stream: process.stderr });
}

/** A table as people read it: no frame, numbers to the right, control characters made visible. */
export function tableText(head: readonly string[], rows: readonly (Scalar | undefined)[][]): string {
  const table = new Table({
    head: head.map(cellText),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: head.map((_, column) =>
      rows.some(row => typeof row[column] === 'number') ? 'right' : 'left',
    ),
    chars: Object.fromEntries(frameParts.map(part => [part, ''])),
  });
  for (const row of rows) table.push(row.map(cellText));
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

const frameParts = [
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right',
  'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle',
]; // biome-ignore format: a list of names

function cellText(value: Scalar | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  return visible(String(value), /[\n\t]/);
}

/**
 * A text of someone else's choosing with its control characters made visible: it must not steer the terminal. Line
 * breaks and tabs stay, but where `also` names them.
 */
export function visible(text: string, also?: RegExp): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, character => {
    if (/[\n\t]/.test(character) && !also?.test(character)) return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A whole number with its thousands apart. */
export function countText(value: number): string {
  return value.toLocaleString('en-GB');
}

/** An estimated time, no finer than it is known. */
export function timeText(value: number): string {
  if (value < 90) return `${Math.max(1, Math.round(value))} s`;
  if (value < 5400) return `${Math.round(value / 60)} minutes`;
  return `${(value / 3600).toFixed(1)} hours`;
}

export function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} s`;
}

export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1e3)} KB`;
}
