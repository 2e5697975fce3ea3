import { attachTables } from '../activities/modelPlan.ts';
import { settingsOf } from '../activities/settings.ts';
import { inWorkshop } from '../activities/step.ts';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { csvText } from '../engine/csvText.ts';
import type { Scalar } from '../engine/engine.ts';
import { realWorld } from '../worker.ts';
import { namingOf } from './handles.ts';
import { onInterrupt } from './interrupt.ts';
import { optedOutNow } from './optedOut.ts';
import { checkFree, writePrivate } from './privateFile.ts';
import { publishedNights } from './published.ts';
import { countText, print, type Terminal } from './terminal.ts';

const tables = ['fct_recruitment_plan', 'fct_candidates'];

interface Planned extends Record<string, Scalar> {
  author_id: string;
  /** All accounts of the person, joined by a space. */
  account_ids: string;
}

/**
 * `sillage plan export`: whom the shown night plans to ask, as CSV with the accounts' own names, for the people who write to
 * them, without those who have opted out since. Pseudonyms are turned back of nobody else: who is held out must not be
 * written to, and stays unnamed.
 */
export async function exportPlan(
  terminal: Terminal,
  campaign: string,
  { out, force = false }: { out: string; force?: boolean },
): Promise<void> {
  const signal = onInterrupt();
  await checkFree(out, force);
  const night = (await publishedNights({ campaign })).nights[0]!;
  if (!tables.every(table => table in night.lineage)) {
    throw new FatalError(`the night of ${night.as_of} has no recruitment plan`, {
      next: 'run a night again: `npx sillage run <campaign.yaml>`',
    });
  }
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const planned = await inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, night.lineage, tables);
    return session.rows<Planned>(
      `SELECT p.plan_rank, p.author_id, c.account_ids, p.platform, p.cost, p.currency, p.acceptance, p.marginal_reach,
         p.cumulative_reach, p.cumulative_cost, p.persona_id, p.reason
       FROM fct_recruitment_plan p JOIN fct_candidates c ON c.author_id = p.author_id
       WHERE p.arm = 'ask' ORDER BY p.plan_rank`,
    );
  });
  if (planned.length === 0) {
    throw new FatalError(`the plan of ${campaign} as of ${night.as_of} asks nobody`, {
      next: `see why, with prices and the lot: \`npx sillage query --campaign ${campaign} "SELECT c.author_id, c.cost, p.arm, c.reason FROM fct_candidates c LEFT JOIN fct_recruitment_plan p USING (author_id) ORDER BY c.score DESC"\``,
    });
  }
  const names = [...new Set(planned.flatMap(row => [row.author_id, ...row.account_ids.split(' ')]))];
  const named = await namingOf(terminal, world, night, names);
  const all: Planned[] = planned.map(row => ({
    ...row,
    author_id: named(row.author_id),
    account_ids: row.account_ids.split(' ').map(named).sort().join(' '),
  }));
  const optedOut = await optedOutNow(world, await settingsOf(world.lake, night));
  const rows = all.filter(row => !row.account_ids.split(' ').some(account => optedOut.has(account)));
  if (rows.length < all.length)
    terminal.log(`note: ${countText(all.length - rows.length)} of the plan left out, who opted out since`);
  if (rows.length === 0) {
    throw new FatalError(
      `everybody whom the plan of ${campaign} as of ${night.as_of} asks has opted out since`,
      {
        next: 'run a night again: `npx sillage run <campaign.yaml>`',
      },
    );
  }
  const columns = Object.keys(rows[0]!) as (keyof Planned)[];
  await writePrivate(
    out,
    csvText(
      columns as string[],
      rows.map(row => columns.map(column => row[column]!)),
    ),
  );
  print(terminal, { file: out, people: rows.length, as_of: night.as_of }, () => {
    const people = rows.length === 1 ? '1 person' : `${countText(rows.length)} people`;
    return `${out}: ${people} to ask, as the night of ${night.as_of} plans it`;
  });
}
