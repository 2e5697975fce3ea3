import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText, type StoredFile } from './engine.ts';
import { parquetOptions } from './parquetOptions.ts';

export interface DailyLayout {
  /** The DATE column by whose value rows are parted; never NULL. */
  splitBy: string;
  grain: readonly string[];
  metadata: Readonly<Record<string, string>>;
}

/** Parts are read once and thrown away: what makes files small costs more than it saves. */
const parts = 'FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1, WRITE_BLOOM_FILTER false';

/**
 * Writes a table as one sorted Parquet file a day, in two passes that hold one day at a time: rows are parted by day as they
 * come, then each day is sorted by itself, several days at once. One sort of everything needs four times the memory.
 *
 * @param connections the first one sees the table; each writes one day at a time
 * @param folder for the parts; the files go to `pathOf(day)`
 */
export async function storeDays(
  connections: readonly [DuckDBConnection, ...DuckDBConnection[]],
  table: string,
  folder: string,
  layout: DailyLayout,
  pathOf: (day: string) => string,
): Promise<(StoredFile & { day: string })[]> {
  const [first] = connections;
  await first.run('SET preserve_insertion_order = false');
  try {
    await first.run(
      `COPY (SELECT *, strftime(${quoteName(layout.splitBy)}, '%Y-%m-%d') AS part_of_day FROM ${quoteName(table)})
       TO ${quoteText(folder)} (${parts}, PARTITION_BY (part_of_day))`,
    );
  } finally {
    await first.run('SET preserve_insertion_order = true');
  }
  const found = await readdir(folder).catch(() => []);
  const days = found.map(name => name.slice('part_of_day='.length)).sort();
  const stored: (StoredFile & { day: string })[] = [];
  const order = layout.grain.map(name => `${quoteName(name)} ASC NULLS FIRST`).join(', ');
  let next = 0;
  const writeDays = async (connection: DuckDBConnection) => {
    while (next < days.length) {
      const place = next++;
      const day = days[place]!;
      const part = join(folder, `part_of_day=${day}`, '*.parquet');
      const reader = await connection.runAndReadAll(
        `COPY (SELECT * FROM read_parquet(${quoteText(part)}, hive_partitioning = false) ORDER BY ${order})
         TO ${quoteText(pathOf(day))} (${parquetOptions(layout.metadata)})`,
      );
      const row = reader.getRowObjectsJS()[0] ?? {};
      stored[place] = { path: pathOf(day), rows: Number(row.count), bytes: Number(row.file_size_bytes), day };
    }
  };
  // All must have stopped before anyone closes a connection, the failed one's error first.
  const ended = await Promise.allSettled(connections.map(writeDays));
  const failed = ended.find(end => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return stored;
}
