import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRaw } from '../../activities/read.ts';
import type { FileFormat } from '../../contracts/campaign.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import type { Scalar } from '../../engine/engine.ts';
import { modelOf } from '../../engine/models.ts';

export type Row = Record<string, Scalar>;

/** What a file was read as. */
export interface Reading {
  rows: Row[];
  refusals: Row[];
  findings: Record<string, number>;
}

const models = ['stg_refusals', 'stg_rows', 'stg_findings'] as const;

/** Real data of others, beside the repository; undefined (and said) where it is absent. */
export function sharedData(name: string): string | undefined {
  const path = new URL(`../../../shared/data/${name}`, import.meta.url).pathname;
  if (existsSync(path)) return path;
  console.warn(`skipped: ../shared/data/${name} is not here`);
  return undefined;
}

/** Reads a file of the given content, as a night does. */
export async function readBytes(
  format: FileFormat,
  name: string,
  content: string | Uint8Array,
): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-content-'));
  try {
    const path = join(folder, 'raw');
    writeFileSync(path, content);
    return await readPath(format, path, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function readPath(format: FileFormat, path: string, name: string): Promise<Reading> {
  const scratch = mkdtempSync(join(tmpdir(), 'sillage-scratch-'));
  const engine = duckdbEngine({ memoryBytes: 1e9, threads: 2, spillBytes: 4e9 });
  const session = await engine.open(scratch);
  try {
    await session.fill('params', { file_sha256: 'VARCHAR' }, [['0f']]);
    const file = { path, name, format, sha256: '0f' };
    await readRaw(session, file, { scratch, signal: new AbortController().signal, progress() {} });
    for (const table of models) await session.define(table, modelOf(table).sql);
    const rows = await session.rows<Row>(
      `SELECT * EXCLUDE (file_sha256, query, local_id, local_parent, local_host) FROM stg_rows ORDER BY line, item`,
    );
    const refusals = await session.rows<Row>(
      'SELECT * EXCLUDE (file_sha256, query) FROM stg_refusals ORDER BY line, item',
    );
    const findings = await session.rows<{ measure: string; value: number }>(
      'SELECT measure, value FROM stg_findings',
    );
    return {
      rows,
      refusals,
      findings: Object.fromEntries(findings.map(({ measure, value }) => [measure, value])),
    };
  } finally {
    session.close();
    rmSync(scratch, { recursive: true });
  }
}

/** A message as a line of NDJSON. */
export function line(fields: Record<string, unknown>): string {
  const message = {
    platform: 'x',
    message_id: '1',
    author_id: '7',
    created_at: '2026-03-01T09:30:00Z',
    kind: 'post',
    ...fields,
  };
  return `${JSON.stringify(message)}\n`;
}

/** Some columns of rows, as lists. */
export function pick(rows: readonly Row[], ...columns: string[]): Scalar[][] {
  return rows.map(row => columns.map(column => row[column] ?? null));
}
