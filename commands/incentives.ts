import { attachTables } from '../activities/modelPlan.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { unitsPerOne } from '../contracts/money.ts';
import { csvText } from '../engine/csvText.ts';
import { quoteText } from '../engine/engine.ts';
import type { Manifest } from '../lake/nights.ts';
import { realWorld } from '../worker.ts';
import { namingOf } from './handles.ts';
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

/** What one account earned; accounts of one person are paid as one. */
interface Earned {
  author_id: string;
  person: string;
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
  const night = (await publishedNights({ campaign })).nights[0]!;
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const earned = await earnedIn(world, night, since);
  if (earned.length === 0) {
    throw new FatalError(
      `the ledger of ${campaign} as of ${night.as_of} has no entry${since === undefined ? '' : ` since ${since}`}`,
      { next: 'nothing is to be paid; `npx sillage query "FROM fct_redemptions"` says what was redeemed' },
    );
  }
  const accounts = earned.map(({ author_id }) => author_id);
  const named = await namingOf(terminal, world, night, accounts);
  const people = peopleOf(earned.map(account => ({ ...account, author_id: named(account.author_id) })));
  const rows = people.map(person => [
    person.author_id,
    person.units / unitsPerOne,
    person.currency,
    person.entries,
    person.first_entered_on,
    person.last_entered_on,
  ]);
  await writePrivate(out, csvText(columns, rows));
  const { currency } = people[0]!;
  const amount = people.reduce((sum, { units }) => sum + units, 0) / unitsPerOne;
  print(terminal, { file: out, people: people.length, amount, currency, as_of: night.as_of }, () => {
    const total = `${amount.toLocaleString('en-GB', { maximumFractionDigits: 4 })} ${currency}`;
    const count = people.length === 1 ? '1 person' : `${countText(people.length)} people`;
    return `${out}: ${count}, ${total}, as the night of ${night.as_of} has it`;
  });
}

const columns = ['author_id', 'amount', 'currency', 'entries', 'first_entered_on', 'last_entered_on'];

/** One row a person, under the first of the person's accounts, by name. */
function peopleOf(accounts: readonly Earned[]): Earned[] {
  const people = new Map<string, Earned>();
  for (const account of accounts.toSorted((a, b) => (a.author_id < b.author_id ? -1 : 1))) {
    const person = people.get(account.person);
    if (person === undefined) people.set(account.person, { ...account });
    else {
      person.units += account.units;
      person.entries += account.entries;
      if (account.first_entered_on < person.first_entered_on)
        person.first_entered_on = account.first_entered_on;
      if (account.last_entered_on > person.last_entered_on) person.last_entered_on = account.last_entered_on;
    }
  }
  return [...people.values()];
}

async function earnedIn(world: World, night: Manifest, since: string | undefined): Promise<Earned[]> {
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, night.lineage, ['fct_incentives', 'stg_identities']);
    return session.rows<Earned>(`
      SELECT
        e.author_id,
        coalesce('person ' || i.person_key, 'account ' || e.author_id) AS person,
        CAST(sum(e.amount) * ${unitsPerOne} AS BIGINT) AS units,
        e.currency,
        count(*) AS entries,
        CAST(min(e.entered_on) AS VARCHAR) AS first_entered_on,
        CAST(max(e.entered_on) AS VARCHAR) AS last_entered_on
      FROM fct_incentives e
      LEFT JOIN stg_identities i ON i.author_id = e.author_id
      ${since === undefined ? '' : `WHERE e.entered_on >= DATE ${quoteText(since)}`}
      GROUP BY e.author_id, person, e.currency
      ORDER BY e.author_id`);
  });
}
