import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planModels } from '../../activities/modelPlan.ts';
import { noPseudonyms } from '../../activities/pseudonyms.ts';
import { fillParameters, parametersOf } from '../../activities/settings.ts';
import { refuseSharesAboveOne } from '../../activities/sharesAboveOne.ts';
import {
  fillSheets,
  rawSheetTables,
  refuseWhollyRefused,
  sheetTables,
} from '../../activities/sheetTables.ts';
import { campaignSchema } from '../../contracts/campaign.ts';
import { type Sheet, sheetNames } from '../../contracts/sheets.ts';
import { duckdbEngine, parseOnly } from '../../engine/duckdb.ts';
import type { Scalar } from '../../engine/engine.ts';

export type Row = Record<string, Scalar>;
export type Tables = Record<string, Row[]>;

/** A file of a sheet, named by it: `orders` or, where one sheet has several, `orders/second.csv`. */
export type Contents = Record<string, string | Uint8Array>;

/** A campaign that names these sheets and has euros of its own. */
function campaignOf(sheets: ReadonlySet<Sheet>, hasMoney: boolean) {
  const named = (sheet: Sheet, more: object = {}) =>
    sheets.has(sheet) ? { [sheet]: { path: `${sheet}.csv`, ...more } } : {};
  return campaignSchema.parse({
    campaign: 'sheets',
    brand: { name: 'B' },
    sources: [{ id: 't', type: 'files', format: 'messages', path: 'talk.ndjson' }],
    ...(hasMoney ? { orders: { path: 'orders.csv', currency: 'EUR', margin: 0.4 } } : {}),
    ...Object.assign(
      {},
      ...(['identities', 'optouts', 'rates', 'customers', 'codes', 'costs', 'influence_shares'] as const).map(
        sheet => named(sheet),
      ),
    ),
    ...named('panel', { unit: 'geo' }),
  });
}

/** Reads and judges sheets as a night of March 2026 does; every table of theirs, ordered by all its columns. */
export async function judgeSheets(contents: Contents, { hasMoney = true } = {}): Promise<Tables> {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-sheets-'));
  const session = await duckdbEngine({ memoryBytes: 1e9, threads: 1, spillBytes: 1e9 }).open(folder);
  try {
    const files = Object.entries(contents).map(([key, content], place) => {
      const path = join(folder, `file-${place}`);
      writeFileSync(path, content);
      const [sheet, name = `${sheet}.csv`] = key.split('/');
      return { sheet: sheet as Sheet, name, path };
    });
    const campaign = campaignOf(new Set(files.map(({ sheet }) => sheet)), hasMoney);
    const night = { interval: { from: '2026-03-28', to: '2026-03-29' } };
    await fillParameters(session, parametersOf(campaign, night));
    await session.fill(
      'raw_sheet_files',
      { sheet: 'VARCHAR', file: 'VARCHAR' },
      files.map(({ sheet, name }) => [sheet, name]),
    );
    const options = { scratch: folder, signal: new AbortController().signal };
    await fillSheets(session, files, campaign, noPseudonyms, options);
    const { order } = await planModels(await parseOnly(), sheetTables, rawSheetTables);
    for (const { table, sql } of order) await session.define(table, sql);
    await refuseWhollyRefused(session);
    await refuseSharesAboveOne(session);
    const tables: Tables = {};
    for (const table of sheetTables) {
      const columns = (await session.describe(table)).map(({ name, type }) =>
        type === 'DOUBLE' ? `"${name}"` : `CAST("${name}" AS VARCHAR) AS "${name}"`,
      );
      tables[table] = await session.rows(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ALL`);
    }
    return tables;
  } finally {
    session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The books of each sheet as numbers: rows read, staged, duplicates, refused. */
export function booksOf({ stg_sheet_books }: Tables): Record<string, number[]> {
  return Object.fromEntries(
    stg_sheet_books!.map(book => [
      `${book.sheet}/${book.file}`,
      [book.rows_read, book.staged, book.duplicates, book.quarantined].map(Number),
    ]),
  );
}

/** Why rows of a sheet were refused, by line. */
export function reasonsOf({ stg_sheet_refusals }: Tables, sheet: Sheet): Record<number, string> {
  return Object.fromEntries(
    stg_sheet_refusals!.filter(row => row.sheet === sheet).map(row => [Number(row.line), String(row.reason)]),
  );
}

/** A header and its rows as CSV. */
export function csv(header: string, rows: readonly string[]): string {
  return `${[header, ...rows].join('\n')}\n`;
}

export const headers: Record<Sheet, string> = {
  identities: 'person_id,author_id',
  optouts: 'author_id,since,reason',
  rates: 'date,currency,rate',
  orders: 'order_id,customer_id,ordered_at,amount,currency,code,promotion,geo,refunded_at,refund_amount',
  customers: 'customer_id,author_id,clv,currency',
  codes: 'code,author_id,campaign,valid_from,valid_to',
  costs: 'author_id,kind,amount,currency,spent_at',
  candidates: 'author_id,cost,acceptance',
  panel: 'unit,date,sales,cost,group',
  influence_shares: 'influencer_id,influenced_id,share',
};

export const everySheet = sheetNames;
