import { messageFields } from '../contracts/message.ts';
import type { Session } from '../engine/engine.ts';
import { csvRows, readCsv } from './csvTable.ts';
import type { Findings } from './findings.ts';
import { messageColumns } from './messageColumns.ts';
import type { PlainFile } from './platformBodies.ts';
import { rawColumns, rawRows } from './rawRows.ts';

/** Reads messages written as CSV into `raw_rows`: a record is a message. */
export async function readMessagesCsv(
  session: Session,
  file: PlainFile,
  name: string,
  findings: Findings,
  options: { scratch: string; signal: AbortSignal },
): Promise<void> {
  const columnsOf = (names: readonly string[]) => messageColumns(names, name);
  await readCsv(session, file, name, { fields: messageFields, columnsOf, findings, ...options });
  await session.view(
    rawRows,
    `SELECT ${rawColumns({ item: 'CAST(0 AS INTEGER)', is_included: 'false' })} FROM ${csvRows}`,
  );
}
