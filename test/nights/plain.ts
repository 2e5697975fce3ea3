import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { World } from '../../activities/world.ts';
import { parseInterval } from '../../contracts/interval.ts';
import type { NightResult, Scope } from '../../contracts/night.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import { folderLake } from '../../lake/folder.ts';
import { nightActivities } from '../../report/activities.ts';
import { realNetworks } from '../../sources/networks.ts';
import { secretsOf } from '../../sources/secrets.ts';
import { night } from '../../workflows/night.ts';

/** A folder of the running test's own. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-night-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The real world over a lake in a folder, without Temporal. */
export function worldIn(lake: string, attempt?: World['attempt']): World {
  const signal = new AbortController().signal;
  return {
    lake: folderLake(lake),
    engine: duckdbEngine({ memoryBytes: 1e9, threads: 2, spillBytes: 1e10 }),
    codeVersion: 'test',
    pseudonymKey: 'a key for tests only',
    attempt: attempt ?? (() => ({ signal, progress: () => undefined })),
    networks: realNetworks(source => secretsOf(source, {})),
  };
}

let runs = 0;

/** The night's own function, called as a plain function with the real activities. */
export function plainNight(
  world: World,
  file: string,
  campaign: string,
  interval: string,
  more: { scope?: Scope; run?: string; pinned?: string } = {},
): Promise<NightResult> {
  runs += 1;
  const { scope = {}, run = `run_${process.pid}_${runs}`, pinned } = more;
  const request = {
    file,
    campaign,
    interval: parseInterval(interval),
    run,
    mode: 'manual' as const,
    scope,
    pinned,
  };
  return night(request, nightActivities(world));
}

/** Rows of a query over what a night published, each table a view. */
export async function published<Row = Record<string, unknown>>(
  lake: string,
  campaign: string,
  sql: string,
): Promise<Row[]> {
  const { globSync } = await import('node:fs');
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const folder of globSync('*/', { cwd: join(lake, 'published', campaign) })) {
    const table = folder.replace('/', '');
    const files = join(lake, 'published', campaign, table, '*.parquet');
    await connection.run(`CREATE VIEW "${table}" AS SELECT * FROM read_parquet('${files}')`);
  }
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowObjectsJS().map(row => Object.fromEntries(Object.entries(row).map(plain)));
  connection.closeSync();
  instance.closeSync();
  return rows as Row[];
}

function plain([name, value]: [string, unknown]): [string, unknown] {
  return [name, typeof value === 'bigint' ? Number(value) : value];
}
