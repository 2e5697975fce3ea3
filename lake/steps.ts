import { createHash } from 'node:crypto';
import type { Stage } from '../contracts/stages.ts';
import type { StepMaking, StepRecord, StoredTable, TableRef, Tables } from '../contracts/table.ts';
import type { Lake } from './lake.ts';

/** The same inputs, code and parameters give the same fingerprint, whoever asks and whenever. */
export function fingerprintOf(making: StepMaking): string {
  return sha256(canonical(making)).slice(0, 32);
}

export function stepKey(campaign: string, stage: Stage, step: string, fingerprint: string): string {
  return `steps/${campaign}/${stage}/${step}/${fingerprint}.json`;
}

/** The committed record under a key, or undefined. */
export async function findStep(lake: Lake, key: string): Promise<StepRecord | undefined> {
  const bytes = await lake.read(key);
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as StepRecord);
}

/** Commits a step's record; when another attempt was first, its record is the result. */
export async function commitStep(lake: Lake, key: string, record: StepRecord): Promise<StepRecord> {
  if (await lake.commit(key, `${JSON.stringify(record, null, 1)}\n`)) return record;
  return (await findStep(lake, key))!;
}

export function refsOf(key: string, record: StepRecord): Tables {
  return Object.fromEntries(
    record.tables.map(table => [
      table.table,
      { table: table.table, uri: key, rows: table.rows, sha256: table.sha256 } satisfies TableRef,
    ]),
  );
}

/** The table that a reference names, with its files. */
export async function tableOf(lake: Lake, ref: TableRef): Promise<StoredTable> {
  const record = await findStep(lake, ref.uri);
  const table = record?.tables.find(candidate => candidate.table === ref.table);
  if (table === undefined) throw new Error(`the lake has no table ${ref.table} under ${ref.uri}`);
  return table;
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
