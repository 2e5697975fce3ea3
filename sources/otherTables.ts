import { join } from 'node:path';
import { summaryCounts } from '../contracts/collection.ts';
import type { ColumnType, Session } from '../engine/engine.ts';
import { quoteName } from '../engine/engine.ts';
import { type FileRow, RowFile } from './rawRows.ts';
import type { Mapped } from './source.ts';

/** What is told besides messages: a table each, all text but the numbers. `line` and `item` as in `raw_rows`. */
const tables = {
  raw_accounts: ['platform', 'account', 'state', 'said_at', 'captured_at'],
  raw_reposters: ['platform', 'message', 'account', 'captured_at'],
  raw_counts: ['hour', 'expected', 'captured_at'],
  raw_summaries: ['hour', ...summaryCounts],
  raw_outcomes: [
    'platform',
    'kind',
    'subject',
    'account',
    'known',
    'span_from',
    'span_to',
    'outcome',
    'reason',
    'captured_at',
  ],
} as const;
export type OtherTable = keyof typeof tables;
const names = Object.keys(tables) as OtherTable[];

/** Leaves the tables empty: of files that tell nothing but messages. */
export async function leaveOthersEmpty(session: Session): Promise<void> {
  for (const table of names) {
    const columns: Record<string, ColumnType> = { line: 'BIGINT', item: 'INTEGER', query: 'VARCHAR' };
    for (const name of tables[table]) columns[name] = 'VARCHAR';
    await session.fill(table, columns, []);
  }
}

/** The rows of these tables on their way to the engine. */
export class OtherRows {
  readonly #files: Record<OtherTable, RowFile>;

  /** @param scratch a folder of the attempt's own */
  constructor(scratch: string) {
    const file = (table: OtherTable) => new RowFile(join(scratch, `${table}.ndjson`), tables[table]);
    this.#files = Object.fromEntries(names.map(table => [table, file(table)])) as Record<OtherTable, RowFile>;
  }

  async add(table: OtherTable, line: number, fields: FileRow['fields'], query?: string): Promise<void> {
    await this.#files[table].add(line, query === undefined ? { fields } : { fields, query });
  }

  /** What a mapper told besides a message; `captured_at` where it says nothing of the time itself. */
  async addMapped(
    line: number,
    mapped: Exclude<Mapped, { fields: unknown }>,
    { captured_at, query }: { captured_at: string | null; query?: string },
  ): Promise<void> {
    if ('account' in mapped) {
      const { platform, account, state, at } = mapped.account;
      const fields = { platform, account, state, said_at: at, captured_at };
      await this.add('raw_accounts', line, fields, query);
    } else if ('reposter' in mapped) {
      await this.add('raw_reposters', line, { ...mapped.reposter, captured_at }, query);
    } else {
      const { hour, expected } = mapped.counted;
      await this.add('raw_counts', line, { hour, expected: String(expected), captured_at }, query);
    }
  }

  async close(): Promise<void> {
    for (const table of names) await this.#files[table].close();
  }

  /** Defines the tables, once closed. */
  async define(session: Session): Promise<void> {
    for (const table of names) {
      const columns = ['line', 'item', 'query', ...tables[table]].map(quoteName).join(', ');
      await session.define(table, `SELECT ${columns} FROM (${this.#files[table].select()})`);
    }
  }
}
