import { FatalError, messageOf } from '../contracts/errors.ts';
import { messageFields } from '../contracts/message.ts';
import { quoteName, quoteText, type Session } from '../engine/engine.ts';
import type { Findings } from './findings.ts';
import { messageColumns } from './messageColumns.ts';
import { rawColumns, rawRows } from './rawRows.ts';

/** Reads messages written as Parquet into `raw_rows`; `line` is the row's number. */
export async function readMessagesParquet(
  session: Session,
  path: string,
  name: string,
  findings: Findings,
): Promise<void> {
  const source = `read_parquet(${quoteText(path)}, file_row_number = true, hive_partitioning = false)`;
  const columns = await whole(name, async () => {
    await session.view('parquet_rows', `SELECT * FROM ${source}`);
    return session.describe('parquet_rows');
  });
  const own = columns.filter(column => column.name !== 'file_row_number');
  const { places, unknown } = messageColumns(
    own.map(column => column.name),
    name,
  );
  const fields = Object.fromEntries(
    messageFields.map(field => {
      const column = own[places.get(field) ?? -1];
      return [
        field,
        column === undefined ? 'CAST(NULL AS VARCHAR)' : textOf(quoteName(column.name), column.type),
      ];
    }),
  );
  const filled = unknown.map(({ place }) => `CAST(${quoteName(own[place]!.name)} IS NOT NULL AS INTEGER)`);
  await whole(name, () =>
    session.define(
      rawRows,
      `SELECT ${rawColumns({
        ...fields,
        line: 'file_row_number + 1',
        item: '0',
        is_included: 'false',
        unmapped_fields: `CAST(${['0', ...filled].join(' + ')} AS INTEGER)`,
        refused: 'CAST(NULL AS VARCHAR)',
      })} FROM ${source}`,
    ),
  );
  if (unknown.length === 0) return;
  const counts = unknown.map(({ place }) => `count(${quoteName(own[place]!.name)}) AS c${place}`).join(', ');
  const [row] = await session.rows<Record<string, number>>(`SELECT ${counts} FROM ${source}`);
  for (const { name: column, place } of unknown) findings.unmapped(column, row![`c${place}`]!);
}

function textOf(column: string, type: string): string {
  if (type.startsWith('TIMESTAMP')) {
    const utc =
      type === 'TIMESTAMP WITH TIME ZONE' ? `${column} AT TIME ZONE 'UTC'` : `CAST(${column} AS TIMESTAMP)`;
    return `strftime(${utc}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
  }
  // A double that holds a small whole number is written as one; a greater one shows that it may have lost digits.
  if (type === 'DOUBLE' || type === 'FLOAT') {
    return `CASE WHEN ${column} = floor(${column}) AND abs(${column}) < 9007199254740992
      THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`;
  }
  if (type === 'BLOB') return `TRY_CAST(decode(${column}) AS VARCHAR)`;
  return `CAST(${column} AS VARCHAR)`;
}

async function whole<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = messageOf(error);
    if (/^INTERRUPT|Interrupted/i.test(message)) throw error;
    throw new FatalError('the Parquet file is damaged or cut short', {
      where: name,
      next: 'export or copy it again',
      cause: error,
    });
  }
}
