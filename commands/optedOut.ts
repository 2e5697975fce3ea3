import { dirname, join } from 'node:path';
import type { Settings } from '../activities/settings.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { FatalError } from '../contracts/errors.ts';
import { filesOf } from '../sources/files.ts';
import { readSheet } from '../sources/sheet.ts';

/**
 * The accounts that stand in a campaign's opt-outs as they lie there now, and the other accounts of those people by its
 * identities, under their own names: whoever asked after the night was made must not be written to either, by whatever
 * account they asked.
 *
 * @param settings of the night, which say where opt-outs and identities lie
 * @throws FatalError where they are not there any more, or can't be read
 */
export function optedOutNow(world: World, { campaign, file }: Settings): Promise<ReadonlySet<string>> {
  return inWorkshop(world, async ({ session, scratch, attempt }) => {
    if (campaign.optouts === undefined) return new Set<string>();
    const rowsOf = async <Row>(sheet: 'optouts' | 'identities', path: string, columns: string) => {
      const folder = dirname(file);
      const names = await filesOf(folder, path);
      if (names.length === 0) {
        throw new FatalError(`no file matches "${path}"`, {
          where: file,
          next: `put the sheet "${sheet}" there: nobody who asked not to be written to may be in the plan`,
        });
      }
      const rows: Row[] = [];
      for (const [place, name] of names.entries()) {
        const table = `${sheet}_${place}`;
        const read = { sheet, path: join(folder, name), name };
        await readSheet(session, read, table, { scratch, signal: attempt.signal });
        rows.push(
          ...(await session.rows<Row>(`SELECT ${columns} FROM ${table} WHERE author_id IS NOT NULL`)),
        );
      }
      return rows;
    };
    const optouts = await rowsOf<{ id: string }>('optouts', campaign.optouts.path, 'trim(author_id) AS id');
    const accounts = new Set(optouts.map(({ id }) => id));
    if (campaign.identities === undefined) return accounts;
    const identities = await rowsOf<{ id: string; person: string }>(
      'identities',
      campaign.identities.path,
      'trim(author_id) AS id, trim(person_id) AS person',
    );
    const people = new Set(identities.filter(({ id }) => accounts.has(id)).map(({ person }) => person));
    for (const { id, person } of identities) if (people.has(person)) accounts.add(id);
    return accounts;
  });
}
