import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachTables } from '../../activities/modelPlan.ts';
import { inWorkshop } from '../../activities/step.ts';
import type { Manifest } from '../../lake/nights.ts';
import { worldIn } from './plain.ts';

export const campaign = 'shop';
export const interval = '2026-03-28/2026-03-29';

/**
 * Writes a campaign with a few messages and files of its own.
 *
 * @param sheets by name of the file: what it says
 * @param lines of the campaign file that name them
 * @returns the path of the campaign file
 */
export function writeShop(folder: string, sheets: Record<string, string>, lines: readonly string[]): string {
  const authors = ['ann', 'bea', 'cem', 'dan', 'brand'];
  const talk = authors.map((author_id, place) => ({
    platform: 'x',
    message_id: `m${place}`,
    author_id,
    kind: place === 0 ? 'post' : 'reply',
    parent_id: place === 0 ? undefined : 'm0',
    created_at: `2026-03-28T10:0${place}:00Z`,
  }));
  writeFileSync(join(folder, 'talk.ndjson'), talk.map(row => `${JSON.stringify(row)}\n`).join(''));
  for (const [name, text] of Object.entries(sheets)) writeFileSync(join(folder, name), text);
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: ${campaign}
brand: { name: B, accounts: ["x:brand"] }
sources: [{ id: t, type: files, format: messages, path: talk.ndjson }]
${lines.join('\n')}
`,
  );
  return file;
}

/** Rows of a query over what the shown night of a campaign has staged, which is not published. */
export function staged<Row = Record<string, unknown>>(
  lake: string,
  tables: readonly string[],
  select: string,
  of: string = campaign,
): Promise<Row[]> {
  const manifest = JSON.parse(readFileSync(join(lake, 'published', of, 'manifest.json'), 'utf8')) as Manifest;
  const world = worldIn(lake);
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, manifest.lineage, tables);
    return session.rows<Row>(select);
  });
}
