import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { collectingActivities } from '../../activities/collecting/activities.ts';
import { bundlesOf, contentsOf } from '../../activities/collecting/bundles.ts';
import { attachTables } from '../../activities/modelPlan.ts';
import { readCampaignFile } from '../../activities/open.ts';
import { readCaptures } from '../../activities/readCaptures.ts';
import { inWorkshop } from '../../activities/step.ts';
import type { World } from '../../activities/world.ts';
import type { CollectResult } from '../../contracts/collecting.ts';
import { collectRound } from '../../workflows/collectRound.ts';

export function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sillage-collecting-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a campaign file with these sources (YAML list items) and gives its path. */
export function campaignOf(folder: string, sources: string, more = ''): string {
  const file = join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    `campaign: village\nbrand: { name: Gelato }\nprivacy: { pseudonymise: false }\nsources:\n${sources}\n${more}`,
  );
  return file;
}

/** A round of collecting as a plain function. */
export function plainCollect(
  world: World,
  file: string,
  campaign = 'village',
  fill = false,
): Promise<CollectResult> {
  return collectRound({ file, campaign, fill }, collectingActivities(world), {
    refusal: () => undefined,
    pause: async () => undefined,
  });
}

/** Rows of a query over all that was collected so far, staged. */
export async function collected<Row>(world: World, file: string, sql: string): Promise<Row[]> {
  const settings = await readCampaignFile(file);
  const contents = await contentsOf(world.lake, await bundlesOf(world.lake, settings));
  const reader = { campaign: settings.campaign.campaign, scope: {} };
  const { tables } = await readCaptures(world, reader, contents);
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, tables, Object.keys(tables));
    return session.rows<Row>(sql);
  });
}
