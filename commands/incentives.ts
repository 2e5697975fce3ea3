import { attachTables } from '../activities/plan.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { readConfig } from '../config.ts';
import { unitsPerOne } from '../contracts/money.ts';
import { csvText } from '../engine/csvText.ts';
import { quoteText } from '../engine/engine.ts';
import type { Manifest } from '../lake/nights.ts';
import { realWorld } from '../worker.ts';
import { handlesOf } from './handles.ts';
import { onInterrupt } from './interrupt.ts';
import { checkFree, writePrivate } from './privateFile.ts';
import { publishedNights } from './published.ts';
import { countText, print, type Terminal } from './terminal.ts';

export interface ExportOptions {
  out: string;
  /** Only what was entered by nights of this day and after. */
  since?: string;
  force?: boolean;
}

/** What one person is to be paid. */
interface Payment {
  /** One of the person's accounts that earned. */
  author_id: string;
  /** In 1/10000 of the currency, what was taken back taken off; below 0 where more was taken back than earned. */
  units: number;
  currency: string;
  entries: number;
  first_entered_on: string;
  last_entered_on: string;
}

/** `sillage incentives export`: the ledger of the shown night for payment, one row a person, with real handles. */
export async function exportIncentives(
  terminal: Terminal,
  campaign: string,
  { out, since, force = false }: ExportOptions,
): Promise<void> {
  const signal = onInterrupt();
  await checkFree(out, force);
  const [night] = (await publishedNights({ campaign })).nights;
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const payments = await paymentsOf(world, night!, since);
  const handles = await handlesOf(
    world,
    night!,
    payments.map(({ author_id }) => author_id),
  );
  const nameless = handles.size === 0 ? 0 : payments.length - handles.size;
  if (nameless > 0)
    terminal.log(`note: ${nameless} pseudonyms stand as they are: no file that was read here names them`);
  const rows = payments.map(({ author_id, units, ...payment }) => ({
    author_id: handles.get(author_id) ?? author_id,
    amount: units / unitsPerOne,
    ...payment,
  }));
  rows.sort((a, b) => (a.author_id < b.author_id ? -1 : 1));
  await writePrivate(
    out,
    csvText(
      columns,
      rows.map(row => columns.map(column => row[column])),
    ),
  );
  const currency = rows[0]?.currency ?? '';
  const amount = payments.reduce((sum, { units }) => sum + units, 0) / unitsPerOne;
  print(terminal, { file: out, people: rows.length, amount, currency, as_of: night!.as_of }, () => {
    const total = `${amount.toLocaleString('en-GB', { maximumFractionDigits: 4 })} ${currency}`;
    const people = rows.length === 1 ? '1 person' : `${countText(rows.length)} people`;
    return `${out}: ${people}, ${total}, as the night of ${night!.as_of} has it`;
  });
}

const columns = [
  'author_id',
  'amount',
  'currency',
  'entries',
  'first_entered_on',
  'last_entered_on',
] as const;

/** Accounts that the identities of the night join are paid as one person. */
async function paymentsOf(world: World, night: Manifest, since: string | undefined): Promise<Payment[]> {
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, night.lineage, ['fct_incentives', 'stg_identities']);
    return session.rows<Payment>(`
      SELECT
        min(e.author_id) AS author_id,
        CAST(sum(e.amount) * ${unitsPerOne} AS BIGINT) AS units,
        e.currency,
        count(*) AS entries,
        CAST(min(e.entered_on) AS VARCHAR) AS first_entered_on,
        CAST(max(e.entered_on) AS VARCHAR) AS last_entered_on
      FROM fct_incentives e
      LEFT JOIN stg_identities i ON i.author_id = e.author_id
      ${since === undefined ? '' : `WHERE e.entered_on >= DATE ${quoteText(since)}`}
      GROUP BY coalesce('person ' || i.person_key, 'account ' || e.author_id), e.currency
      ORDER BY author_id`);
  });
}
