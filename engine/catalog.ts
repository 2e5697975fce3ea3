import { DuckDBInstance } from '@duckdb/node-api';
import { quoteName, quoteText } from './engine.ts';

export interface CatalogTable {
  table: string;
  sentence: string;
  columns: readonly { name: string; comment?: string }[];
  /** Absolute paths. */
  files: readonly string[];
}

/** Builds a database file with one view a published table, commented for the readers of BI tools. */
export async function buildCatalog(path: string, tables: readonly CatalogTable[]): Promise<void> {
  const instance = await DuckDBInstance.create(path, { autoload_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    for (const { table, sentence, columns, files } of tables) {
      const name = quoteName(table);
      const list = files.map(quoteText).join(', ');
      const names = columns.map(column => quoteName(column.name)).join(', ');
      await connection.run(
        `CREATE VIEW ${name} AS SELECT ${names} FROM read_parquet([${list}], hive_partitioning = false)`,
      );
      await connection.run(`COMMENT ON VIEW ${name} IS ${quoteText(sentence)}`);
      for (const column of columns) {
        if (column.comment === undefined) continue;
        await connection.run(
          `COMMENT ON COLUMN ${name}.${quoteName(column.name)} IS ${quoteText(column.comment)}`,
        );
      }
    }
    await connection.run('CHECKPOINT');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
