import { dirname, join } from 'node:path';
import type { Settings } from '../activities/settings.ts';
import { inWorkshop } from '../activities/step.ts';
import type { World } from '../activities/world.ts';
import { FatalError } from '../contracts/errors.ts';
import { filesOf } from '../sources/files.ts';
import { readSheet } from '../sources/sheet.ts';

/**
 * The accounts that stand in a campaign's opt-outs as they lie there now, under their own names: whoever asked after the
 * night was made must not be written to either.
 *
 * @param settings of the night, which say where the opt-outs lie
 * @throws FatalError where they are not there any more, or can't be read
 */
export function optedOutNow(world: World, { campaign, file }: Settings): Promise<ReadonlySet<string>> {
  return inWorkshop(world, async ({ session, scratch, attempt }) => {
    const accounts = new Set<string>();
    if (campaign.optouts === undefined) return accounts;
    const folder = dirname(file);
    const names = await filesOf(folder, campaign.optouts.path);
    if (names.length === 0) {
      throw new FatalError(`no file matches "${campaign.optouts.path}"`, {
        where: file,
        next: 'put the sheet "optouts" there: nobody who asked not to be written to may be in the plan',
      });
    }
    for (const [place, name] of names.entries()) {
      const table = `optouts_${place}`;
      const sheet = { sheet: 'optouts' as const, path: join(folder, name), name };
      await readSheet(session, sheet, table, { scratch, signal: attempt.signal });
      const rows = await session.rows<{ id: string }>(
        `SELECT trim(author_id) AS id FROM ${table} WHERE author_id IS NOT NULL`,
      );
      for (const { id } of rows) accounts.add(id);
    }
    return accounts;
  });
}
