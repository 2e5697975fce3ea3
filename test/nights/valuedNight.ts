import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activitiesIn } from '../../activities/activities.ts';
import { attachTables } from '../../activities/modelPlan.ts';
import { inWorkshop } from '../../activities/step.ts';
import type { World } from '../../activities/world.ts';
import { parseInterval } from '../../contracts/interval.ts';
import type { Tables } from '../../contracts/table.ts';
import type { Manifest } from '../../lake/nights.ts';
import { plainNight, worldIn } from './plain.ts';

/** A night with every table that its stages made, the value of influence among them. */
export interface ValuedNight {
  ask<Row = Record<string, unknown>>(tables: readonly string[], select: string): Promise<Row[]>;
}

/** Runs a night, and over what it committed the steps of `returns` that are about people. */
export async function valuedNight(
  lake: string,
  file: string,
  campaign: string,
  interval: string,
): Promise<ValuedNight> {
  const world: World = worldIn(lake);
  await plainNight(world, file, campaign, interval);
  const manifest = JSON.parse(
    readFileSync(join(lake, 'published', campaign, 'manifest.json'), 'utf8'),
  ) as Manifest;
  const act = activitiesIn(world);
  const night = await act.open({
    ...{ file, campaign, interval: parseInterval(interval), run: 'value', mode: 'manual', scope: {} },
  });
  let tables: Tables = manifest.lineage;
  tables = { ...tables, ...(await act.valueInfluence({ night, tables })).tables };
  const wanted = ['stg_person_outcomes', 'fct_influencer_value'];
  const made = await act.model({ night, stage: 'returns', step: 'people', wanted, tables });
  tables = { ...tables, ...made.tables };
  return {
    ask: (names, select) =>
      inWorkshop(world, async ({ session }) => {
        await attachTables(world.lake, session, tables, names);
        return session.rows(select);
      }),
  };
}
