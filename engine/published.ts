import { DuckDBInstance, type DuckDBValue, StatementType } from '@duckdb/node-api';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { FatalError } from '../contracts/errors.ts';
import { csvText } from './csvText.ts';
import type { DuckDBSettings } from './duckdb.ts';
import { quoteName, quoteText, type Scalar } from './engine.ts';
import { plainValue } from './rows.ts';

export interface ForeignAnswer {
  columns: string[];
  rows: Scalar[][];
}

/** The published tables as views, for a stranger's SQL. */
export interface PublishedTables {
  rows(sql: string): Promise<ForeignAnswer>;
  csv(sql: string): Promise<string>;
  /** An Arrow IPC stream. */
  arrow(sql: string): Promise<Uint8Array>;
  /** Stops the running query: it then rejects. */
  interrupt(): void;
  close(): void;
}

/** A column of one kind: numbers among which one is too large for a number are all told as text. */
function evenly(column: Scalar[]): Scalar[] {
  if (!column.some(value => typeof value === 'string')) return column;
  return column.map(value => (value === null ? null : String(value)));
}

/** An integer that a number can't hold is told as text: it may be a stranger's hash or sum. */
function plainAnswer(value: DuckDBValue): Scalar {
  if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) return String(value);
  return plainValue('the value', value);
}

/** Opens published files for reading; the SQL can reach those files and nothing else of the machine. */
export async function openPublished(
  settings: DuckDBSettings,
  tables: ReadonlyMap<string, readonly string[]>,
  scratch: string,
): Promise<PublishedTables> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${settings.memoryBytes}B`,
    threads: String(settings.threads),
    temp_directory: scratch,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const [table, files] of tables) {
    await connection.run(
      `CREATE VIEW ${quoteName(table)} AS SELECT * FROM read_parquet([${files.map(quoteText).join(', ')}], hive_partitioning = false, union_by_name = true)`,
    );
  }
  const paths = [...tables.values()].flat().map(quoteText);
  await connection.run(`SET allowed_paths = [${paths.join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  const ask = async (sql: string): Promise<ForeignAnswer> => {
    // What can't be taken apart is refused by the engine itself, in better words.
    const statements = await connection.extractStatements(sql).catch(() => undefined);
    if (statements !== undefined && statements.count > 1) {
      throw new FatalError(`the query holds ${statements.count} statements`, { next: 'ask one at a time' });
    }
    if (statements?.count === 1) {
      // A statement that can't be prepared is refused by the engine itself, in better words.
      const type = await statements.prepare(0).then(
        prepared => prepared.statementType,
        () => undefined,
      );
      // The files that may be read could be written too: EXPLAIN ANALYZE runs what it explains.
      if (type !== undefined && type !== StatementType.SELECT) {
        throw new FatalError('Permission denied: a query only reads', { next: 'ask with SELECT or FROM' });
      }
    }
    const reader = await connection.runAndReadAll(sql);
    const columns = reader.deduplicatedColumnNames();
    if (columns.length === 0) throw new FatalError('the query is empty', { next: 'write it between quotes' });
    return {
      columns,
      rows: reader.getRows().map(row => row.map(plainAnswer)),
    };
  };
  return {
    rows: ask,
    async csv(sql) {
      const { columns, rows } = await ask(sql);
      return csvText(columns, rows);
    },
    async arrow(sql) {
      const { columns, rows } = await ask(sql);
      const arrays = columns.map(
        (column, index) => [column, evenly(rows.map(row => row[index] ?? null))] as const,
      );
      return tableToIPC(tableFromArrays(Object.fromEntries(arrays)), 'stream');
    },
    interrupt: () => connection.interrupt(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
