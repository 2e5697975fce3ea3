import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachTables } from '../../activities/modelPlan.ts';
import { inWorkshop } from '../../activities/step.ts';
import { nightOf } from '../../lake/nights.ts';
import { worldIn } from './plain.ts';
import { shortNight } from './shortNight.ts';

/** What a campaign of a shop is made of; each sheet is the text of a CSV. */
export interface Shop {
  orders?: string;
  codes?: string;
  customers?: string;
  identities?: string;
  optouts?: string;
  /** Messages as `messages` has them, on x unless they say. */
  talk?: object[];
  /** The section of the campaign file, in YAML. */
  incentives?: string;
  pseudonymise?: boolean;
}

export const shop = 'corner-shop';

/** Writes a campaign about ice cream with its sheets, or writes it anew; returns its file. */
export function writeShop(folder: string, what: Shop, name = shop): string {
  const { talk = [], incentives, pseudonymise = false, ...sheets } = what;
  const rows = [{ message_id: 'first', author_id: 'zoe', kind: 'post', text: 'Bonjour' }, ...talk];
  const created_at = '2026-03-01T08:00:00Z';
  writeFileSync(
    join(folder, 'talk.ndjson'),
    rows.map(row => `${JSON.stringify({ platform: 'x', created_at, ...row })}\n`).join(''),
  );
  const lines = Object.entries(sheets).map(([sheet, text]) => {
    writeFileSync(join(folder, `${sheet}.csv`), `${text.trim().replace(/\n\s+/g, '\n')}\n`);
    const more = sheet === 'orders' ? ', currency: EUR, margin: 0.4' : '';
    return `${sheet}: { path: ${sheet}.csv${more} }\n`;
  });
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${name}
brand: { name: Corner, accounts: ["x:corner"] }
topics: { ice cream: [glace, sorbet] }
sources: [{ id: talk, type: files, format: messages, path: talk.ndjson }]
privacy: { pseudonymise: ${pseudonymise} }
gates: { max_drop: 1 }
${lines.join('')}${incentives === undefined ? '' : `incentives: ${incentives}\n`}`,
  );
  return file;
}

export const header =
  'order_id,customer_id,ordered_at,amount,currency,code,promotion,geo,refunded_at,refund_amount';

/** A line of orders, at noon; `more` is code, promotion, geo, refunded_at and refund_amount. */
export function order(id: string, day: string, amount: string, more = 'SUN5,corner-shop,,,'): string {
  return `\n${id},c-${id},${day}T12:00:00Z,${amount},EUR,${more}`;
}

/** Ann's code and Bea's. */
export const codes = `code,author_id,campaign,valid_from,valid_to
  SUN5,x:ann,corner-shop,2026-03-01,2026-03-28
  MOON,x:bea,corner-shop,2026-03-01,2026-03-28`;

interface Entry {
  event_id: string;
  state: string;
  amount: number;
  /** Day of the month. */
  entered_on: string;
  reason: string | null;
}

/**
 * Runs the night of a day of March 2026 over the shop as it is now, as far as the ledger needs; returns the ledger that it
 * committed, a line an entry.
 */
export async function ledgerAfter(
  folder: string,
  lake: string,
  day: number,
  what: Shop,
  name = shop,
): Promise<string[]> {
  const world = worldIn(lake);
  const [from, to] = [day, day + 1].map(number => `2026-03-${String(number).padStart(2, '0')}`);
  await shortNight(world, writeShop(folder, what, name), name, `${from}/${to}`);
  const { lineage } = (await nightOf(world.lake, name, { from: from!, to: to! }))!;
  const entries = await inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, lineage, ['fct_incentives']);
    return session.rows<Entry>(
      `SELECT event_id, state, CAST(amount AS DOUBLE) AS amount, strftime(entered_on, '%d') AS entered_on, reason
       FROM fct_incentives ORDER BY entry_number`,
    );
  });
  return entries.map(entry =>
    [entry.event_id, entry.state, entry.amount, entry.entered_on, entry.reason]
      .filter(part => part !== null)
      .join(' '),
  );
}
