import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { interval, writeRecruitment } from '../cli/recruits.ts';
import { plainNight, published, temporaryFolder, worldIn } from './plain.ts';

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
  const next = '2026-03-03/2026-03-04';
  expect(await heldOut('lake', 1, next)).toEqual(['mastodon:ann2']);
  expect(await heldOut('lonely', 1, next)).toEqual(['mastodon:cem']);
}, 120_000);
