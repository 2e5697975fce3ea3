import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { StepRecord } from '../../contracts/table.ts';

/** Rows of a query over every table that the nights of a lake committed, those that are not published included. */
export async function committed<Row>(lake: string, campaign: string, sql: string): Promise<Row[]> {
  const steps = join(lake, 'steps', campaign);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const path of readdirSync(steps, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.json')) continue;
    const record: StepRecord = JSON.parse(readFileSync(join(steps, path), 'utf8'));
    for (const { table, files } of record.tables) {
      const list = files.map(({ key }) => `'${join(lake, key)}'`).join(', ');
      await connection.run(`CREATE OR REPLACE VIEW "${table}" AS SELECT * FROM read_parquet([${list}])`);
    }
  }
  const reader = await connection.runAndReadAll(sql);
  const rows = reader
    .getRowObjectsJS()
    .map(row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
      ),
    );
  connection.closeSync();
  instance.closeSync();
  return rows as Row[];
}
