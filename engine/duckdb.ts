import { readFileSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { registerColumns } from './columnsIn.ts';
import { readColumns } from './columnsOut.ts';
import { storeDays } from './daily.ts';
import {
  type Columns,
  type ColumnType,
  type Engine,
  type Made,
  type ParquetLayout,
  quoteName,
  quoteText,
  type Scalar,
  type Session,
  type StoredFile,
} from './engine.ts';
import { parquetOptions } from './parquetOptions.ts';
import { plainRow } from './rows.ts';
import { tablesOf } from './tablesOf.ts';

export interface DuckDBSettings {
  /** Bytes that DuckDB may hold; its process can reach about twice that. */
  memoryBytes: number;
  threads: number;
  /** Bytes that one session may spill to its scratch folder. */
  spillBytes: number;
}

const dialect = readFileSync(new URL('../sql/dialect/duckdb.sql', import.meta.url), 'utf8');

/** DuckDB in this process: one private in-memory database a session. */
export function duckdbEngine(settings: DuckDBSettings): Engine {
  return {
    async open(scratch) {
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: `${settings.memoryBytes}B`,
        threads: String(settings.threads),
        temp_directory: scratch,
        max_temp_directory_size: `${settings.spillBytes}B`,
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const connection = await instance.connect();
      await connection.run("SET TimeZone = 'UTC'");
      await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
      await connection.run('SET progress_bar_time = 0');
      await connection.run(dialect);
      return new DuckDBSession(instance, connection, settings.threads);
    },
  };
}

class DuckDBSession implements Session {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #threads: number;
  /** Connections for what is written side by side. */
  readonly #helpers: DuckDBConnection[] = [];
  #loads = 0;
  #closed = false;
  /** What each name stands for now: DuckDB does not replace a table by a view. */
  readonly #kinds = new Map<string, 'TABLE' | 'VIEW'>();

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, threads: number) {
    this.#instance = instance;
    this.#connection = connection;
    this.#threads = threads;
  }

  async attach(table: string, files: readonly string[]): Promise<void> {
    const list = files.map(quoteText).join(', ');
    await this.view(table, `SELECT * FROM read_parquet([${list}], hive_partitioning = false)`);
  }

  async fill(
    table: string,
    columns: Readonly<Record<string, ColumnType>>,
    rows: readonly Scalar[][],
  ): Promise<void> {
    const names = Object.keys(columns);
    const definition = names.map(name => `${quoteName(name)} ${columns[name]}`).join(', ');
    await this.#create('TABLE', table, `(${definition})`);
    if (rows.length === 0) return;
    const values = rows.map(row => `(${row.map(literal).join(', ')})`);
    await this.execute(`INSERT INTO ${quoteName(table)} VALUES ${values.join(', ')}`);
  }

  async load(table: string, columns: Made): Promise<void> {
    this.#loads += 1;
    const scan = `typed_arrays_${this.#loads}`;
    registerColumns(this.#connection, scan, columns);
    await this.#create('TABLE', table, `AS SELECT * FROM ${quoteName(scan)}()`);
  }

  async define(table: string, select: string): Promise<void> {
    await this.#create('TABLE', table, `AS ${select}`);
  }

  async view(table: string, select: string): Promise<void> {
    await this.#create('VIEW', table, `AS ${select}`);
  }

  async store(table: string, path: string, layout: ParquetLayout): Promise<StoredFile> {
    const order = (layout.isSorted ? [] : layout.grain)
      .map(name => `${quoteName(name)} ASC NULLS FIRST`)
      .join(', ');
    // COPY to a new path is not atomic: callers write to their private scratch and rename.
    const result = await this.#connection.runAndReadAll(
      `COPY (SELECT * FROM ${quoteName(table)}${order === '' ? '' : ` ORDER BY ${order}`})
       TO ${quoteText(path)} (${parquetOptions(layout.metadata)})`,
    );
    const row = result.getRowObjectsJS()[0] ?? {};
    return { path, rows: Number(row.count), bytes: Number(row.file_size_bytes) };
  }

  async storeDays(
    table: string,
    folder: string,
    layout: ParquetLayout & { splitBy: string },
    pathOf: (day: string) => string,
  ): Promise<(StoredFile & { day: string })[]> {
    // A day is one thread's work: as many days at once as there are threads.
    while (this.#helpers.length < this.#threads - 1) this.#helpers.push(await this.#instance.connect());
    return storeDays([this.#connection, ...this.#helpers], table, folder, layout, pathOf);
  }

  async rows<Row = Record<string, Scalar>>(select: string): Promise<Row[]> {
    const reader = await this.#connection.runAndReadAll(select);
    return reader.getRowObjects().map(plainRow) as Row[];
  }

  async columns(select: string): Promise<Columns> {
    return readColumns(await this.#connection.run(select));
  }

  async describe(table: string): Promise<{ name: string; type: string }[]> {
    const rows = await this.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE ${quoteName(table)}`,
    );
    return rows.map(row => ({ name: row.column_name, type: row.column_type }));
  }

  async reads(select: string): Promise<string[]> {
    const [row] = await this.rows<{ tree: string }>(
      `SELECT json_serialize_sql(${quoteText(select)}) AS tree`,
    );
    return tablesOf(JSON.parse(row!.tree));
  }

  async #create(kind: 'TABLE' | 'VIEW', name: string, rest: string): Promise<void> {
    const before = this.#kinds.get(name);
    if (before !== undefined && before !== kind) await this.execute(`DROP ${before} ${quoteName(name)}`);
    await this.execute(`CREATE OR REPLACE TEMP ${kind} ${quoteName(name)} ${rest}`);
    this.#kinds.set(name, kind);
  }

  async execute(statement: string): Promise<void> {
    await this.#connection.run(statement);
  }

  progress(): number | undefined {
    if (this.#closed) return undefined;
    const percentage = this.#connection.progress.percentage;
    return percentage < 0 ? undefined : Math.min(1, percentage / 100);
  }

  interrupt(): void {
    if (this.#closed) return;
    for (const connection of [this.#connection, ...this.#helpers]) connection.interrupt();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const connection of [...this.#helpers, this.#connection]) connection.closeSync();
    this.#instance.closeSync();
  }
}

function literal(value: Scalar): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(value);
  return String(value);
}

let parser: Promise<Pick<Session, 'reads'>> | undefined;

/** A session of no data that only parses: made once a process. */
export function parseOnly(): Promise<Pick<Session, 'reads'>> {
  parser ??= DuckDBInstance.create(':memory:', { threads: '1' }).then(
    async instance => new DuckDBSession(instance, await instance.connect(), 1),
  );
  return parser;
}
