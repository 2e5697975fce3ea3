import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
