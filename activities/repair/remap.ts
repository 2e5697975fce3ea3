import { FatalError } from '../../contracts/errors.ts';
import { committedNights, type Manifest } from '../../lake/nights.ts';
import { readFiles } from '../readFiles.ts';
import type { World } from '../world.ts';
import { compareStaged, type RemappedSource } from './compareStaged.ts';

export interface Remapped {
  campaign: string;
  /** The run of the night that was staged again. */
  run: string;
  /** Whether the mappers, and all that reading takes besides, are as they were when the night was read. */
  isSame: boolean;
  /** How many files were read and how many were known. */
  detail: string | null;
  sources: RemappedSource[];
}

/**
 * Stages the raw inputs of the newest committed night again, as the mappers read them now, and compares. Leaves nothing but
 * read steps, which a later run of the night finds done.
 */
export async function remapNewest(world: World, campaign: string): Promise<Remapped> {
  const night = await newestNight(world, campaign);
  const { lineage, run, settings, interval, mode } = night;
  const { tables, report } = await readFiles(world, {
    night: { campaign, settings, interval, run, attempt: '', mode, scope: {} },
    tables: { raw_files: lineage.raw_files! },
  });
  const sources = await compareStaged(world, lineage, tables);
  const isSame = tables.stg_rows!.uri === lineage.stg_rows!.uri;
  return { campaign, run, isSame, detail: report.detail ?? null, sources };
}

async function newestNight({ lake }: World, campaign: string): Promise<Manifest> {
  let newest: Manifest | undefined;
  for await (const night of committedNights(lake)) {
    if (night.campaign !== campaign) continue;
    if (newest === undefined || night.interval.to > newest.interval.to) newest = night;
  }
  if (newest !== undefined) return newest;
  throw new FatalError(`no night of the campaign "${campaign}" is committed in ${lake.name}`, {
    next: 'run one: `npx sillage run <campaign.yaml>`, or set SILLAGE_LAKE',
  });
}
