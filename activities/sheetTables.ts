import { type Campaign, currencyOf } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import { sheetNames, sheets } from '../contracts/sheets.ts';
import type { Scalar, Session } from '../engine/engine.ts';
import { readSheet, type SheetFile } from '../sources/sheet.ts';
import { faultKind } from './faultKind.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** What every night has of the campaign's own files, empty where it names none. */
export const sheetTables = [
  'stg_identities',
  'stg_optouts',
  'stg_rates',
  'stg_orders',
  'stg_customers',
  'stg_codes',
  'stg_costs',
  'stg_candidates',
  'stg_panel',
  'stg_influence_shares',
  'stg_sheet_handles',
  'stg_sheet_books',
  'stg_sheet_measures',
  'stg_sheet_refusals',
  'stg_refused_days',
];
/** What the models of sheets read and no model makes. */
export const rawSheetTables: ReadonlySet<string> = new Set([
  ...sheetNames.map(sheet => `raw_${sheet}`),
  'raw_sheet_files',
  'raw_sheet_findings',
  'est_sheet_pseudonyms',
]);

export interface SheetReading {
  /** A folder of the caller's. */
  scratch: string;
  signal: AbortSignal;
  /** Told of a file that can't be used, which is then left out; without it the error is thrown. */
  onFault?(file: SheetFile, error: FatalError): void;
}

/**
 * Reads sheets into the tables `raw_<sheet>` (file, line, refused, the columns as text) and `raw_sheet_findings` of a
 * session, for `stg_judged_<sheet>` to judge, and finds the pseudonyms of the people in them.
 *
 * @throws FatalError where a file is not what it should be, or its money can't be compared
 */
export async function fillSheets(
  session: Session,
  files: readonly SheetFile[],
  campaign: Campaign,
  pseudonyms: Pick<Pseudonyms, 'define'>,
  options: SheetReading,
): Promise<void> {
  const findings: Scalar[][] = [];
  for (const sheet of sheetNames) {
    const parts: string[] = [];
    for (const file of files.filter(one => one.sheet === sheet)) {
      options.signal.throwIfAborted();
      const part = `part_${parts.length}_of_${sheet}`;
      try {
        const odd = await readSheet(session, file, part, options);
        findings.push(...odd.map(([measure, value]) => [sheet, file.name, measure, value]));
        parts.push(part);
      } catch (error) {
        if (options.onFault === undefined || !(error instanceof FatalError)) throw error;
        options.onFault(file, error);
      }
    }
    const all = parts.map(part => `SELECT * FROM ${part}`).join(' UNION ALL ');
    if (parts.length > 0) await session.view(`raw_${sheet}`, all);
    else await session.fill(`raw_${sheet}`, columnsOf(sheets[sheet].columns), []);
  }
  await session.fill(
    'raw_sheet_findings',
    { sheet: 'VARCHAR', file: 'VARCHAR', measure: 'VARCHAR', value: 'BIGINT' },
    findings,
  );
  await refuseMixedMoney(session, campaign);
  await pseudonyms.define(session, 'est_sheet_pseudonyms', idsInSheets);
}

function columnsOf(columns: readonly string[]) {
  const texts = Object.fromEntries(['refused', ...columns].map(name => [name, 'VARCHAR' as const]));
  return { file: 'VARCHAR', line: 'BIGINT', ...texts } as const;
}

/** The ids as the models look for them. */
const idsInSheets = [
  ...sheetNames.flatMap(sheet =>
    sheets[sheet].authors.map(
      author => `SELECT trim(${author}) AS id FROM raw_${sheet} WHERE ${author} IS NOT NULL`,
    ),
  ),
  ...['orders', 'customers'].map(
    sheet => `SELECT 'customer:' || customer_id AS id FROM raw_${sheet} WHERE customer_id IS NOT NULL`,
  ),
  // Codes are mostly the names of those they belong to.
  "SELECT 'code:' || code_key(code) AS id FROM raw_orders WHERE code IS NOT NULL",
];

/** Amounts in several currencies need rates, and one currency to be told in. */
async function refuseMixedMoney(session: Session, campaign: Campaign): Promise<void> {
  const own = currencyOf(campaign);
  if (campaign.rates !== undefined && own !== undefined) return;
  const amounts = ['orders', 'customers', 'costs'].map(
    sheet => `SELECT currency, file, line FROM raw_${sheet} WHERE regexp_full_match(currency, '[A-Z]{3}')`,
  );
  const found = await session.rows<{ currency: string; file: string; line: number }>(
    `SELECT currency, min_by(file, (file, line)) AS file, min_by(line, (file, line)) AS line
     FROM (${amounts.join(' UNION ALL ')}) GROUP BY currency ORDER BY count(*) DESC, currency`,
  );
  const base = own ?? found[0]?.currency;
  const other = found.find(({ currency }) => currency !== base);
  if (other === undefined) return;
  const names = [...new Set([base, ...found.map(({ currency }) => currency)])].sort().join(', ');
  const isSaid = own !== undefined;
  throw new FatalError(
    `amounts are in several currencies (${names}), and ${isSaid ? 'no `rates` are given' : 'nothing says which is the campaign’s'}`,
    {
      where: `${other.file}:${other.line}`,
      next: isSaid
        ? `name a file of \`rates\` (date, currency, rate to ${own}) in the campaign file, or hand in one currency`
        : 'say `orders.currency` in the campaign file and name a file of `rates` (date, currency, rate to it)',
    },
  );
}

/** Fewer refused rows than this may be bad luck. */
const fewestToJudge = 10;

/**
 * A file of which nothing can be used is another file than was meant; its tables must be in the session.
 *
 * @throws FatalError that tells lines and kinds of fault, and no cell
 */
export async function refuseWhollyRefused(session: Session): Promise<void> {
  const refusals = await session.rows<{
    sheet: string;
    file: string;
    rows_read: number;
    line: number;
    reason: string;
  }>(
    `WITH useless AS (
       SELECT sheet, file, rows_read FROM stg_sheet_books
       WHERE quarantined = rows_read AND rows_read >= ${fewestToJudge} ORDER BY sheet, file LIMIT 1
     )
     SELECT u.*, r.line, r.reason FROM useless u JOIN stg_sheet_refusals r ON r.sheet = u.sheet AND r.file = u.file
     ORDER BY r.line LIMIT 3`,
  );
  const [useless] = refusals;
  if (useless === undefined) return;
  const faults = refusals.map(({ line, reason }) => `line ${line}: ${faultKind(reason)}`).join('; ');
  throw new FatalError(`none of its ${useless.rows_read} rows can be used: ${faults}`, {
    where: useless.file,
    next: `check that it is a file of \`${useless.sheet}\``,
  });
}
