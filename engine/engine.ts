/**
 * The port behind which SQL runs. DuckDB today (`duckdb.ts`); a bigger engine fits the same port later.
 *
 * A session is private to one attempt of one step: its tables vanish with it.
 */
export interface Engine {
  /** Opens a session whose temporary files live in `scratch`, a folder of the caller's. */
  open(scratch: string): Promise<Session>;
}

export type ColumnType =
  | 'BOOLEAN'
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE'
  | 'VARCHAR'
  | 'DATE'
  | 'TIMESTAMP'
  | 'DECIMAL(18,4)';

/** Numbers that a method reads and writes, one typed array a column, all of one length. */
export type Columns = Record<string, Int32Array | Float64Array | Uint8Array>;

/** What a method hands back: numbers, and texts where it makes words. */
export type Made = Record<string, Columns[string] | readonly string[]>;

export type Scalar = string | number | boolean | null;

/** What a written Parquet file holds. */
export interface StoredFile {
  path: string;
  rows: number;
  bytes: number;
}

export interface ParquetLayout {
  /** Columns of the grain: the sort order, so that the same rows give the same bytes. */
  grain: readonly string[];
  /** Whether the rows lie in the order of the grain already: a large table is not sorted twice. */
  isSorted?: boolean;
  /** Key-value metadata of the file. */
  metadata: Readonly<Record<string, string>>;
}

export interface Session {
  /** Parquet files as a table. */
  attach(table: string, files: readonly string[]): Promise<void>;
  /** A small table from rows. */
  fill(
    table: string,
    columns: Readonly<Record<string, ColumnType>>,
    rows: readonly Scalar[][],
  ): Promise<void>;
  /** A table from arrays; NaN in a Float64Array and `noInteger` in an Int32Array become NULL, Uint8Array becomes BOOLEAN. */
  load(table: string, columns: Made): Promise<void>;
  /** A temporary table from a SELECT. */
  define(table: string, select: string): Promise<void>;
  /** A view from a SELECT: nothing is computed yet. */
  view(table: string, select: string): Promise<void>;
  /** Writes a table, sorted by its grain, to a new Parquet file. */
  store(table: string, path: string, layout: ParquetLayout): Promise<StoredFile>;
  /** Writes a table as one file a day of its DATE column `splitBy`, each sorted by the grain; none where there is no row. */
  storeDays(
    table: string,
    folder: string,
    layout: ParquetLayout & { splitBy: string },
    pathOf: (day: string) => string,
  ): Promise<(StoredFile & { day: string })[]>;
  /** The rows of a small result; BIGINT as number (an error beyond 2^53), DATE and TIMESTAMP as ISO text. */
  rows<Row = Record<string, Scalar>>(select: string): Promise<Row[]>;
  /** The columns of a large numeric result: INTEGER as Int32Array (no NULL), DOUBLE as Float64Array (NULL as NaN). */
  columns(select: string): Promise<Columns>;
  /** Names and types of a table. */
  describe(table: string): Promise<{ name: string; type: string }[]>;
  /** The tables that a SELECT reads, without their having to exist. */
  reads(select: string): Promise<string[]>;
  /** A statement of the engine's own dialect: for readers of foreign files only. */
  execute(statement: string): Promise<void>;
  /** Share of the running statement done, 0..1, or undefined. */
  progress(): number | undefined;
  /** Stops the running statement: it then rejects. */
  interrupt(): void;
  close(): void;
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal: the only way any text enters a statement. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
