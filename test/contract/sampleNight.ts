import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../../activities/world.ts';
import { readConfig } from '../../config.ts';
import type { NightResult } from '../../contracts/night.ts';
import { nightActivities } from '../../report/activities.ts';
import { realWorld } from '../../worker.ts';
import { night } from '../../workflows/night.ts';

/** Milliseconds that a night may take where machines are small and shared: the sample's takes a tenth of it. */
export const patience = 600_000;

export const campaign = 'gelato-spring';
export const interval = { from: '2026-03-28', to: '2026-03-29' };
const file = fileURLToPath(new URL('../../data/sample/campaign.yaml', import.meta.url));
/** Where the lakes lie; the test removes it. */
export const folder = mkdtempSync(join(tmpdir(), 'sillage-contract-'));
export const lakes = { first: join(folder, 'first'), second: join(folder, 'elsewhere', 'second') };
export const published = join(lakes.first, 'published', campaign);

/** The real world over a lake, without Temporal. */
export function worldIn(lake: string): World {
  const config = readConfig({ SILLAGE_LAKE: lake, SILLAGE_MEMORY: '1GB', SILLAGE_THREADS: '2' });
  const { signal } = new AbortController();
  return realWorld(config, () => ({ signal, progress: () => undefined }));
}

/** A night of the sample campaign, as a plain function. */
export function runNight(lake: string, count: number): Promise<NightResult> {
  const run = `${campaign}_${interval.from}_${interval.to}_${count}`;
  return night({ file, campaign, interval, run, mode: 'manual', scope: {} }, nightActivities(worldIn(lake)));
}
