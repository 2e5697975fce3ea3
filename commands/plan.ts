import { randomBytes } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { attachTables } from '../activities/plan.ts';
import { inWorkshop } from '../activities/step.ts';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Tables } from '../contracts/table.ts';
import { csvText } from '../engine/csvText.ts';
import type { Scalar, Session } from '../engine/engine.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { publishedNights } from './published.ts';
import { print, type Terminal, visible } from './terminal.ts';

const planned = `
  SELECT p.plan_rank, p.author_id, c.account_ids, p.platform, p.cost, p.currency, p.acceptance, p.marginal_reach,
    p.cumulative_reach, p.cumulative_cost, p.persona_id, p.reason
  FROM fct_recruitment_plan p JOIN fct_candidates c ON c.author_id = p.author_id
  WHERE p.arm = 'ask'`;

const tables = ['fct_recruitment_plan', 'fct_candidates', 'est_pseudonyms', 'est_sheet_pseudonyms'];

interface Planned extends Record<string, Scalar> {
  author_id: string;
  account_ids: string;
}

/**
 * `sillage plan export`: whom the shown night plans to ask, as CSV with the accounts' own names, for the people who write to
 * them. The one place where pseudonyms are turned back, of nobody but those who are to be asked: who is held out must not be
 * written to, and stays unnamed.
 */
export async function exportPlan(
  terminal: Terminal,
  campaign: string,
  options: { out: string; force?: boolean },
): Promise<void> {
  const file = resolve(options.out);
  if (!options.force) await refuseWhatIsThere(file);
  const signal = onInterrupt();
  const { nights } = await publishedNights({ campaign });
  const { lineage, as_of } = nights[0]!;
  if (lineage.fct_recruitment_plan === undefined) {
    throw new FatalError(`the night of ${as_of} has no recruitment plan`, {
      next: 'run a night with this version: `npx sillage run <campaign.yaml>`',
    });
  }
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const rows = await inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, lineage, tables);
    return namedRows(session, lineage);
  });
  if (rows.length === 0) {
    throw new FatalError(`the plan of ${campaign} as of ${as_of} asks nobody`, {
      next: `see why: \`npx sillage query "SELECT author_id, reason FROM fct_candidates ORDER BY score DESC"\``,
    });
  }
  const columns = Object.keys(rows[0]!);
  const text = csvText(
    columns,
    rows.map(row => columns.map(column => row[column]!)),
  );
  await writePrivately(file, text, options.force === true);
  print(terminal, { file, campaign, as_of, people: rows.length }, () =>
    visible(`${rows.length} to ask, as of ${as_of}, with their own names: ${file}`),
  );
}

/** The plan in its order, with the names behind the pseudonyms. */
async function namedRows(session: Session, lineage: Tables): Promise<Planned[]> {
  await session.define('planned', planned);
  const rows = await session.rows<Planned>('SELECT * FROM planned ORDER BY plan_rank');
  if (lineage.est_pseudonyms!.rows === 0) return rows;
  // The seen ids first: an author stands among both.
  const found = await session.rows<{ pseudonym: string; id: string }>(
    `SELECT pseudonym, min(id) AS id
     FROM (SELECT id, pseudonym FROM est_pseudonyms UNION ALL SELECT id, pseudonym FROM est_sheet_pseudonyms)
     WHERE pseudonym IN (SELECT unnest(string_split(account_ids, ' ')) FROM planned UNION ALL SELECT author_id FROM planned)
     GROUP BY pseudonym`,
  );
  const names = new Map(found.map(({ pseudonym, id }) => [pseudonym, id]));
  const named = (pseudonym: string) => {
    const name = names.get(pseudonym);
    if (name !== undefined) return name;
    throw new FatalError(`the lake does not know who ${pseudonym} is`, {
      next: 'run a night again; nothing was written',
    });
  };
  return rows.map(row => ({
    ...row,
    author_id: named(row.author_id),
    account_ids: row.account_ids.split(' ').map(named).sort().join(' '),
  }));
}

async function refuseWhatIsThere(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw thereAlready(file);
}

function thereAlready(file: string): FatalError {
  return new FatalError('there is a file of this name already', {
    where: file,
    next: 'choose another name, or write over it with --force',
  });
}

/** Writes a file that only its owner may read: whole, or not at all. */
async function writePrivately(file: string, text: string, force: boolean): Promise<void> {
  const draft = join(dirname(file), `.plan-${randomBytes(6).toString('hex')}`);
  try {
    if (!force) await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    else {
      await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
      await rename(draft, file);
    }
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw thereAlready(file);
    if (code === undefined) throw error;
    throw new FatalError(`the file can't be written (${code})`, {
      where: file,
      next: 'name a file in a folder that is there and may be written to',
      cause: error,
    });
  }
}
