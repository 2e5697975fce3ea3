import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { activitiesIn } from '../../activities/activities.ts';
import { attachTables } from '../../activities/modelPlan.ts';
import { inWorkshop } from '../../activities/step.ts';
import type { World } from '../../activities/world.ts';
import { parseInterval } from '../../contracts/interval.ts';
import type { Manifest } from '../../lake/nights.ts';
import { interval, writeRecruitment } from '../cli/recruits.ts';
import { plainNight, temporaryFolder, worldIn } from './plain.ts';

const campaign = 'outcomes';
const days = '2026-03-05/2026-03-06';

/** Three are drawn, one of them held out; the flight is 4 and 5 March. On X reader 0 listens to ann and bob, reader 3 to nobody. */
function writeHoldOut(folder: string): string {
  const file = writeRecruitment(join(folder, 'campaign'), campaign);
  const settings = readFileSync(file, 'utf8').replace('{ budget: 800', '{ holdout: 0.34, budget: 800');
  const more = `seed: 3
flight: { from: 2026-03-04, to: 2026-03-05, pre_from: 2026-03-01, pre_to: 2026-03-02 }
orders: { path: orders.csv, currency: EUR, margin: 0.4 }
customers: { path: customers.csv }
privacy: { pseudonymise: false }
`;
  writeFileSync(file, `${settings}${more}`);
  writeFileSync(
    join(folder, 'campaign', 'customers.csv'),
    'customer_id,author_id,clv,currency\nc1,x:reader0,,\nc2,mastodon:ann2,,\nc3,mastodon:reader3,,\n',
  );
  writeFileSync(
    join(folder, 'campaign', 'orders.csv'),
    `order_id,customer_id,ordered_at,amount,currency,refunded_at,refund_amount
o1,c1,2026-03-02T10:00:00Z,30,EUR,,
o2,c2,2026-03-01T10:00:00Z,8,EUR,,
o3,c2,2026-03-05T10:00:00Z,9,EUR,2026-03-05T12:00:00Z,2
o4,c1,2026-03-04T10:00:00Z,60,EUR,,
o5,c3,2026-03-04T10:00:00Z,500,EUR,,
o6,c1,2026-03-03T10:00:00Z,700,EUR,,
`,
  );
  return file;
}

/** The outcomes as a step of their own over what a night committed: in the night they are private to the step of the designs. */
async function stepOf(world: World, file: string, lake: string) {
  const manifest = join(lake, 'published', campaign, 'manifest.json');
  const { lineage } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const act = activitiesIn(world);
  const night = await act.open({
    ...{ file, campaign, interval: parseInterval(days), run: 'outcomes', mode: 'manual', scope: {} },
  });
  return act.model({
    night,
    stage: 'returns',
    step: 'outcomes',
    wanted: ['stg_person_outcomes'],
    tables: lineage,
  });
}

it('the people drawn before the flight are units whose customers spend before and during it, and nothing counts twice', async () => {
  const folder = temporaryFolder();
  const file = writeHoldOut(folder);
  const outcomes = async (lake: string) => {
    const world = worldIn(join(folder, lake));
    await plainNight(world, file, campaign, days);
    const { tables } = await stepOf(world, file, join(folder, lake));
    const rows = await inWorkshop(world, async ({ session }) => {
      await attachTables(world.lake, session, tables, ['stg_person_outcomes']);
      return session.rows(
        'SELECT arm, CAST(before AS DOUBLE) AS before, CAST(during AS DOUBLE) AS during FROM stg_person_outcomes ORDER BY person_number',
      );
    });
    return rows.map(Object.values);
  };
  await plainNight(worldIn(join(folder, 'lake')), file, campaign, interval);
  // By key: mastodon:cem, x:bob, then the person of ann, who is held out.
  expect(await outcomes('lake')).toEqual([
    [1, 0, 0],
    [1, 15, 30],
    [0, 8 + 15, 9 - 2 + 30],
  ]);
  // Where the lots were drawn during the flight, the flight may have decided who was there to be drawn.
  expect(await outcomes('late')).toEqual([]);
}, 240_000);
