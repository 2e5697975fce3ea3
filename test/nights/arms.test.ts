import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readArms } from '../../activities/arms.ts';
import { inWorkshop, runStep } from '../../activities/step.ts';
import { storeTable } from '../../activities/store.ts';
import { interval, writeRecruitment } from '../cli/recruits.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';
import { staged } from './shop.ts';

it('who was held out the night before stays so, also under another account', async () => {
  const folder = temporaryFolder();
  const file = writeRecruitment(join(folder, 'campaign'), 'arms');
  const settings = readFileSync(file, 'utf8').replace(
    '{ budget: 800 EUR',
    '{ holdout: 0.34, budget: 800 EUR',
  );
  const heldOut = async (lake: string, seed: number, days: string) => {
    writeFileSync(file, `${settings}seed: ${seed}\nprivacy: { pseudonymise: false }\n`);
    await plainNight(worldIn(join(folder, lake)), file, 'arms', days);
    const rows = await published<{ author_id: string }>(
      join(folder, lake),
      'arms',
      "SELECT author_id FROM fct_recruitment_plan WHERE arm = 'hold-out'",
    );
    return rows.map(row => row.author_id);
  };
  expect(await heldOut('lake', 3, interval)).toEqual(['x:=ann']);
  // Another seed, by which somebody else would be drawn, and another main account.
  const identities = 'person_id,author_id\np1,mastodon:ann2\np1,x:=ann\n';
  writeFileSync(join(folder, 'campaign', 'identities.csv'), identities);
  const drawn = () =>
    staged(join(folder, 'lake'), ['est_arms'], 'SELECT author_id, drawn_on FROM est_arms ORDER BY 1', 'arms');
  const first = ['x:=ann', 'x:bob', 'mastodon:cem']
    .sort()
    .map(author_id => ({ author_id, drawn_on: '2026-03-02' }));
  expect(await drawn()).toEqual(first);
  const next = '2026-03-03/2026-03-04';
  expect(await heldOut('lake', 1, next)).toEqual(['mastodon:ann2']);
  expect(await drawn()).toEqual(first);
  expect(await heldOut('lonely', 1, next)).toEqual(['mastodon:cem']);
}, 120_000);

it('of a lake that did not say when it drew were drawn by the night that remembered them, at the latest', async () => {
  const world = worldIn(temporaryFolder());
  const night = {
    ...{ campaign: 'arms', settings: '', run: 'r', attempt: '1', mode: 'manual' as const, scope: {} },
    interval: { from: '2026-02-27', to: '2026-02-28' },
  };
  const making = { inputs: {}, code: 'of an older version', parameters: {} };
  const plan = { stage: 'recruitment' as const, step: 'plan', making, outputs: ['est_arms'] };
  const { tables: lineage } = await runStep(world, night, plan, async workshop => {
    const columns = { author_id: 'VARCHAR', is_held_out: 'BOOLEAN' } as const;
    await workshop.session.fill('est_arms', columns, [['x:ann', true]]);
    const shape = { table: 'est_arms', sentence: 'Arms.', grain: ['author_id'], meaning: '' };
    return [await storeTable(world.lake, 'arms', workshop, shape)];
  });
  const { arms } = await inWorkshop(world, async ({ session }) => {
    await session.fill('stg_identities', { author_id: 'VARCHAR', person_key: 'VARCHAR' }, []);
    await session.fill('stg_persons', { author_id: 'VARCHAR', person_number: 'INTEGER' }, []);
    return readArms(world.lake, session, { as_of: '2026-02-27', lineage });
  });
  expect(arms).toEqual([{ author_id: 'x:ann', is_held_out: true, drawn_on: '2026-02-27' }]);
});
