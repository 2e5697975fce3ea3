import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOf, plainCollect } from '../collecting/plain.ts';
import { troubled } from '../collecting/trouble.ts';
import { Village } from '../collecting/village.ts';
import { plainNight, worldIn } from '../nights/plain.ts';
import { project, sillage } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sillage-remap-'));
const env = { SILLAGE_LAKE: join(folder, 'lake') };
const run = 'village_2026-03-09_2026-03-10_1';

beforeAll(async () => {
  const village = new Village(31, '2026-03-10T12:00:00.000Z');
  village.talk(60, 40);
  const world = troubled(worldIn(env.SILLAGE_LAKE), village, {});
  const source = '  - { id: bsky, type: bluesky, search: [gelato], lookback: 2d }';
  const file = campaignOf(folder, source);
  await plainCollect(world, file);
  await plainNight(world, file, 'village', '2026-03-09/2026-03-10', { run });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('remap reads nothing again where the mappers are as they were', async () => {
  const { status, stdout, stderr } = await sillage(['remap', 'village'], env);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`${run}: the mappers read its raw files as they did then\n`);
});

test('remap with another mapper stages again from what is kept raw, and says what that changes', async () => {
  const other = otherProject(text =>
    text.replace('withFacetLinks(text, facets)', 'withFacetLinks(text, facets).toUpperCase()'),
  );
  const first = await sillage(['remap', 'village', '--json'], env, [], other);
  expect(first.status, first.stderr).toBe(0);
  const { sources, ...rest } = JSON.parse(first.stdout);
  expect(rest).toEqual({
    campaign: 'village',
    run,
    isSame: false,
    detail: expect.stringMatching(/^(\d+) of \1 files read, 0 known$/),
  });
  const [bsky] = sources;
  expect(bsky).toMatchObject({ source: 'bsky', refusedBefore: 0, refusedAfter: 0, added: 0, gone: 0 });
  expect(bsky.rowsAfter).toBe(bsky.rowsBefore);
  // Posts have text, reshares have none.
  expect(bsky.changed).toBeGreaterThan(20);

  // What was read once with the new mapper is there for the night that is run again.
  const again = await sillage(['remap', 'village'], env, [], other);
  expect(again.stdout).toContain(`\`npx sillage rerun ${run}\` publishes it`);
  const dry = await sillage(['rerun', run, '--dry-run', '--json'], env, [], other);
  const steps = JSON.parse(dry.stdout).steps as { step: string; outcome: string }[];
  expect(steps.find(({ step }) => step === 'rows')).toMatchObject({ outcome: 'reused' });
}, 120_000);

/** The product with another mapper of Bluesky's records, beside this one. */
function otherProject(change: (text: string) => string): string {
  const other = join(folder, 'other');
  for (const name of readdirSync(project)) {
    if (/^(node_modules|test|bench|data|\..*)$/.test(name)) continue;
    cpSync(join(project, name), join(other, name), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(other, 'node_modules'));
  const mapper = join(other, 'sources', 'blueskyRecords.ts');
  const text = readFileSync(mapper, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(mapper, change(text));
  return other;
}
