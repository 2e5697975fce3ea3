import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { FatalError, messageOf } from '../contracts/errors.ts';
import { type ForeignAnswer, openPublished } from '../engine/published.ts';
import { versionKey } from '../lake/nights.ts';
import { onInterrupt } from './interrupt.ts';
import { publishedNights } from './published.ts';
import { print, type Terminal, tableText, visible } from './terminal.ts';

export interface QueryOptions {
  campaign?: string;
  asOf?: string;
  csv?: boolean;
  arrow?: boolean;
}

/** `sillage query`: SQL over the published tables, read only. */
export async function query(terminal: Terminal, sql: string, options: QueryOptions): Promise<void> {
  if (options.arrow && process.stdout.isTTY) {
    throw new FatalError('an Arrow stream is not for a terminal', {
      next: 'send it to a file or a program: > answer.arrows',
    });
  }
  const signal = onInterrupt();
  const { lake, nights } = await publishedNights(options);
  const tables = new Map<string, string[]>();
  for (const night of nights) {
    for (const table of night.tables) {
      const files = table.files.map(file => lake.locate(`${versionKey(night)}/${table.table}/${file.name}`));
      tables.set(table.table, [...(tables.get(table.table) ?? []), ...files]);
    }
  }
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-query-'));
  try {
    const published = await openPublished(readConfig().engine, tables, scratch);
    signal.addEventListener('abort', () => published.interrupt(), { once: true });
    try {
      if (options.arrow) process.stdout.write(await published.arrow(sql));
      else if (options.csv) process.stdout.write(shown(await published.csv(sql)));
      else answer(terminal, await published.rows(sql));
    } finally {
      published.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FatalError) throw error;
    const next = `the tables are ${[...tables.keys()].join(', ')}`;
    throw new FatalError(messageOf(error), { next, cause: error });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** To a terminal, text goes with its control characters made visible; a file gets it as it is. */
function shown(text: string): string {
  return process.stdout.isTTY ? visible(text) : text;
}

function answer(terminal: Terminal, { columns, rows }: ForeignAnswer): void {
  const objects = () =>
    rows.map(row => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  print(terminal, terminal.json ? objects() : undefined, () => tableText(columns, rows));
}
