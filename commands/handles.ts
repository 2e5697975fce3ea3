import { attachTables } from '../activities/modelPlan.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import type { TableRef } from '../contracts/table.ts';
import { committedNights, type Manifest } from '../lake/nights.ts';
import type { Terminal } from './terminal.ts';

/** Tables of a night that say which pseudonym stands for which id: those of conversations, and of the campaign's own sheets. */
const pseudonymTables = ['est_pseudonyms', 'stg_sheet_handles'];

/**
 * How an export names people: pseudonyms turned back, other names as they are. Says how many pseudonyms nothing turns back.
 *
 * @param names all that will be asked for
 */
export async function namingOf(
  terminal: Terminal,
  world: World,
  night: Manifest,
  names: readonly string[],
): Promise<(name: string) => string> {
  const handles = await handlesOf(world, night, names);
  const nameless = handles.size === 0 ? 0 : new Set(names).size - handles.size;
  if (nameless > 0)
    terminal.log(`note: ${nameless} pseudonyms stand as they are: no file that was read here names them`);
  return name => handles.get(name) ?? name;
}

/**
 * The real ids behind pseudonyms, for the people who write to them or pay them. Who is in no file of the night any more
 * is looked for in the nights before; a name that is not in the answer is no pseudonym, or its file was never read here.
 *
 * @param names pseudonyms, or ids where the campaign has no pseudonyms
 */
async function handlesOf(
  world: World,
  night: Manifest,
  names: readonly string[],
): Promise<Map<string, string>> {
  const handles = new Map<string, string>();
  const looked = new Set<string>();
  const look = async ({ lineage }: Manifest) => {
    const missing = names.filter(name => !handles.has(name));
    const tables = pseudonymTables.flatMap(table => lineage[table] ?? []);
    const fresh = tables.filter(({ rows, sha256 }) => rows > 0 && !looked.has(sha256));
    for (const { sha256 } of fresh) looked.add(sha256);
    for (const ref of fresh)
      for (const [name, id] of await foundIn(world, ref, missing)) handles.set(name, id);
    return names.every(name => handles.has(name));
  };
  if ((await look(night)) || looked.size === 0) return handles;
  for await (const manifest of committedNights(world.lake)) {
    if (manifest.campaign === night.campaign && (await look(manifest))) break;
  }
  return handles;
}

async function foundIn(world: World, ref: TableRef, names: readonly string[]): Promise<[string, string][]> {
  if (names.length === 0) return [];
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, { known: ref }, ['known']);
    await session.fill(
      'asked',
      { name: 'VARCHAR' },
      names.map(name => [name]),
    );
    const rows = await session.rows<{ pseudonym: string; id: string }>(
      'SELECT k.pseudonym, k.id FROM known k JOIN asked a ON a.name = k.pseudonym ORDER BY ALL',
    );
    return rows.map(({ pseudonym, id }) => [pseudonym, id]);
  });
}
