import type { Night } from '../contracts/night.ts';
import type { StepReport } from '../contracts/table.ts';
import { keepFiles } from './collect.ts';
import { attachTables } from './modelPlan.ts';
import { storeLists } from './nightLists.ts';
import { openNight } from './open.ts';
import { readFiles } from './readFiles.ts';
import type { Settings } from './settings.ts';
import { inWorkshop } from './step.ts';
import type { World } from './world.ts';

/**
 * The time of the newest message of a campaign's file sources that is not after `now`; both in milliseconds.
 * The files are read as a night reads them, so that the night finds them read; `reading` is the report of that.
 */
export async function newestMessage(
  world: World,
  settings: Settings,
  now: number,
): Promise<{ newest: number | undefined; reading: StepReport }> {
  const { file } = settings;
  const { campaign } = settings.campaign;
  // Reading depends on no interval: any will do.
  const interval = { from: '1970-01-01', to: '1970-01-02' };
  const request = { file, campaign, interval, run: 'newest', mode: 'manual' as const, scope: {} };
  const night: Night = await openNight(world, request);
  const lists = await storeLists(world, night, settings, await keepFiles(world, settings));
  const { tables, report } = await readFiles(world, { night, tables: lists.tables });
  const newest = await inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, tables, ['stg_rows']);
    const [row] = await session.rows<{ micros: number | null }>(
      `SELECT max(micros(created_at)) AS micros FROM stg_rows WHERE micros(created_at) <= ${Math.floor(now)} * 1000`,
    );
    return row?.micros == null ? undefined : row.micros / 1000;
  });
  return { newest, reading: report };
}
