import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { readRaw } from '../../activities/read.ts';
import { stagedTables } from '../../activities/readContent.ts';
import type { CaptureFormat, OutcomeCapture, PageCapture, Query } from '../../contracts/collection.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import { modelOf } from '../../engine/models.ts';
import type { Row } from './reading.ts';

export const hashtag: Query = {
  kind: 'hashtag',
  label: 'hashtag gelato',
  subjects: ['gelato'],
  host: 'https://a.example',
};

/** A page that came at noon. */
export function page(body: unknown, of: Partial<PageCapture> = {}): string {
  const capture: PageCapture = {
    what: 'page',
    query: hashtag,
    span: { from: '2026-03-01T09:00:00Z', to: '2026-03-01T12:00:00Z' },
    captured_at: '2026-03-01T12:00:00.000Z',
    status: 200,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...of,
  };
  return JSON.stringify(capture);
}

export function outcome(of: Partial<OutcomeCapture> = {}): string {
  const capture: OutcomeCapture = {
    what: 'outcome',
    query: hashtag,
    span: { from: '2026-03-01T09:00:00Z', to: '2026-03-01T12:00:00Z' },
    captured_at: '2026-03-01T12:00:01.000Z',
    outcome: 'covered',
    reason: '',
    ...of,
  };
  return JSON.stringify(capture);
}

/** A segment of these lines. */
export function segment(...lines: string[]): Buffer {
  return zstdCompressSync(Buffer.from(`${lines.join('\n')}\n`));
}

/** Reads segments as a night does: the staged tables by name, each row without its file's hash. */
export async function readSegments(
  format: CaptureFormat,
  ...segments: Uint8Array[]
): Promise<Record<string, Row[]>> {
  const scratch = mkdtempSync(join(tmpdir(), 'sillage-captures-'));
  const session = await duckdbEngine({ memoryBytes: 1e9, threads: 1, spillBytes: 4e9 }).open(scratch);
  try {
    const paths = segments.map((bytes, index) => {
      const path = join(scratch, `raw-${index}`);
      writeFileSync(path, bytes);
      return path;
    });
    await session.fill('params', { file_sha256: 'VARCHAR' }, [['0f']]);
    const options = { scratch, signal: new AbortController().signal, progress() {} };
    await readRaw(session, { segments: paths, format }, options);
    const read: Record<string, Row[]> = {};
    // Rows are judged against refusals.
    for (const table of ['stg_refusals', ...stagedTables.filter(name => name !== 'stg_refusals')]) {
      await session.define(table, modelOf(table).sql);
      const place = table === 'stg_findings' ? 'measure' : 'line, item';
      read[table] = await session.rows<Row>(`SELECT * EXCLUDE (file_sha256) FROM ${table} ORDER BY ${place}`);
    }
    return read;
  } finally {
    session.close();
    rmSync(scratch, { recursive: true });
  }
}
