import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { plainNight, worldIn } from '../nights/plain.ts';

export const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
export const campaign = 'gelato-spring';
export const interval = '2026-03-28/2026-03-29';

/**
 * A lake with the night of the sample, for reading only: the first test file that asks makes it, the others of the suite
 * wait for it.
 */
export async function sampleLake(): Promise<string> {
  const folder = join(inject('scratch'), 'sample');
  const lake = join(folder, 'lake');
  const end = join(folder, 'end');
  if (isFirst(folder)) {
    try {
      await plainNight(worldIn(lake), join(sample, 'campaign.yaml'), campaign, interval);
      writeFileSync(end, '');
    } catch (error) {
      writeFileSync(end, String(error));
      throw error;
    }
  }
  while (!existsSync(end)) await pause(100);
  const failure = readFileSync(end, 'utf8');
  if (failure !== '') throw new Error(`the night of the sample failed in another test: ${failure}`);
  return lake;
}

/** A folder can be made once: whoever makes it is the first. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
