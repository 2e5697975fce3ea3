import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyRetention, type Retained } from '../activities/retention/applyRetention.ts';
import type { World } from '../activities/world.ts';
import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Lake } from '../lake/lake.ts';
import { overlayLake } from '../lake/overlay.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { countText, print, type Terminal, tableText } from './terminal.ts';

/** `sillage retention apply`: raw captures leave that are older than their campaign keeps them. */
export async function retention(
  terminal: Terminal,
  campaigns: readonly string[],
  dryRun: boolean,
): Promise<void> {
  const signal = onInterrupt();
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const wanted = await campaignsOf(world.lake, campaigns);
  const applied = dryRun ? await tried(world, wanted) : await applyTo(world, wanted, false);
  print(terminal, applied, () => retentionText(applied, dryRun));
}

/** What was removed, as people read it. */
export function retentionText(applied: readonly Retained[], dryRun: boolean): string {
  if (applied.length === 0) return 'no campaign has collected anything';
  const head = ['campaign', 'kept', 'captured before', 'days', 'segments', 'bytes', 'messages'];
  const rows = applied.map(({ campaign, retention, before, days, segments, bytes, messages }) => [
    campaign,
    retention,
    before,
    days,
    segments,
    bytes,
    messages,
  ]);
  const days = applied.reduce((sum, { days }) => sum + days, 0);
  const messages = applied.reduce((sum, { messages }) => sum + messages, 0);
  const what = dryRun ? 'would leave' : 'left';
  const end =
    days === 0
      ? 'nothing is older than it may be'
      : `${countText(days)} days of captures ${what}, with all that is known raw of ${countText(messages)} messages; nights that are published stay`;
  return [tableText(head, rows), '', end].join('\n');
}

/** The campaigns that are asked for; all that have collected where none is named. */
async function campaignsOf(lake: Lake, named: readonly string[]): Promise<string[]> {
  const collected = await lake.list('collected');
  const unknown = named.find(name => !collected.includes(name));
  if (unknown === undefined) return named.length === 0 ? collected : [...new Set(named)];
  throw new FatalError(`nothing was collected for the campaign "${unknown}" in ${lake.name}`, {
    next: collected.length === 0 ? 'set SILLAGE_LAKE' : `there is: ${collected.join(', ')}`,
  });
}

async function applyTo(world: World, campaigns: readonly string[], dryRun: boolean): Promise<Retained[]> {
  const applied: Retained[] = [];
  for (const campaign of campaigns) applied.push(await applyRetention(world, campaign, { dryRun }));
  return applied;
}

/** Over a lake that is read and never written. */
async function tried(world: World, campaigns: readonly string[]): Promise<Retained[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sillage-dry-'));
  try {
    return await applyTo({ ...world, lake: overlayLake(world.lake, folder) }, campaigns, true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
