import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parametersOf } from '../../activities/settings.ts';
import { campaignSchema } from '../../contracts/campaign.ts';
import { duckdbEngine } from '../../engine/duckdb.ts';
import { type ColumnType, quoteName, quoteText, type Session } from '../../engine/engine.ts';

/** One golden case of a model: the tables that its SQL reads and the one that it must give, a CSV each. */
export interface GoldenCase {
  /** Empty where the model has but one case. */
  name: string;
  /** Tables handed in, `params` included, sorted. */
  inputs: string[];
  fileOf(table: string): string;
}

const folder = fileURLToPath(new URL('.', import.meta.url));

const campaign = campaignSchema.parse({
  campaign: 'gelato',
  brand: { name: 'Gelato' },
  sources: [{ id: 'talk', type: 'files', format: 'messages', path: 'talk.ndjson' }],
});
const ofTheNight = parametersOf(campaign, { interval: { from: '2026-03-31', to: '2026-04-01' } });

/** The columns of `params` with their types: what the night puts there, and what the reader of a file adds. */
export const parameters: Record<string, ColumnType> = {
  ...Object.fromEntries(Object.entries(ofTheNight).map(([name, [type]]) => [name, type])),
  file_sha256: 'VARCHAR',
};

/** The tables that have a folder of cases here. */
export const tablesWithCases: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort();

/** The cases of a model: its folder, or the folders in it. */
export function casesOf(table: string): GoldenCase[] {
  if (!tablesWithCases.includes(table)) return [];
  const names = readdirSync(join(folder, table), { withFileTypes: true });
  const cases = names.filter(entry => entry.isDirectory()).map(entry => entry.name);
  if (names.some(entry => entry.isFile())) cases.push('');
  return cases.sort().map(name => {
    const inputs = readdirSync(join(folder, table, name))
      .filter(file => file !== 'expected.csv' && file.endsWith('.csv'))
      .map(file => file.slice(0, -'.csv'.length))
      .sort();
    return { name, inputs, fileOf: input => join(folder, table, name, `${input}.csv`) };
  });
}

/** A session of its own for each piece of work, so that no case sees another's tables. */
export async function inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-golden-'));
  const session = await duckdbEngine({ memoryBytes: 512e6, threads: 1, spillBytes: 512e6 }).open(scratch);
  try {
    return await work(session);
  } finally {
    session.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Makes a table of a CSV whose header reads `name:TYPE`. An empty cell is NULL, a quoted empty one (`""`) the empty text.
 *
 * @throws when a cell can't be cast to its column's type
 */
export async function fillFromCsv(session: Session, table: string, path: string): Promise<void> {
  const columns = await columnsOfCsv(session, path);
  const casts = columns.map(
    ({ name, type }) => `CAST(${quoteName(`${name}:${type}`)} AS ${type}) AS ${quoteName(name)}`,
  );
  await session.define(table, `SELECT ${casts.join(', ')} FROM ${csv(path)}`);
}

/** The columns of a CSV whose header reads `name:TYPE`. */
export async function columnsOfCsv(
  session: Session,
  path: string,
): Promise<{ name: string; type: string }[]> {
  await session.view('header_of_csv', `SELECT * FROM ${csv(path)}`);
  return (await session.describe('header_of_csv')).map(column => {
    const [name, ...type] = column.name.split(':');
    if (type.length !== 1) throw new Error(`${path}: the column "${column.name}" must read name:TYPE`);
    return { name: name!, type: type[0]! };
  });
}

function csv(path: string): string {
  return `read_csv(${quoteText(path)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false, strict_mode = true)`;
}
