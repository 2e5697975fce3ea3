import { daysOf } from '../../contracts/campaign.ts';
import type { Lane } from '../../contracts/collecting.ts';
import { secondsOf } from '../../contracts/liveSources.ts';
import type { Session } from '../../engine/engine.ts';
import { models } from '../../engine/models.ts';
import { attachTables } from '../modelPlan.ts';
import { readCaptures } from '../readCaptures.ts';
import type { RawFile } from '../runRecord.ts';
import { fillParameters, type Settings } from '../settings.ts';
import { inWorkshop } from '../step.ts';
import type { World } from '../world.ts';
import { bundlesOf, contentsOf } from './bundles.ts';
import { sourceOf } from './lanes.ts';

/** What of a lane's source is staged, ready to be asked about. */
export interface Staged {
  session: Session;
  bundles: RawFile[];
}

/** Stages all that the source of a lane collected, and works on it. @returns undefined where nothing was collected */
export async function withStaged<T>(
  world: World,
  settings: Settings,
  lane: Lane,
  work: (staged: Staged) => Promise<T>,
): Promise<T | undefined> {
  const bundles = await bundlesOf(world.lake, settings, lane.source);
  if (bundles.length === 0) return undefined;
  const reader = { campaign: settings.campaign.campaign, scope: {} };
  const { tables } = await readCaptures(world, reader, await contentsOf(world.lake, bundles));
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, tables, ['stg_rows', 'stg_outcomes', 'stg_reposters']);
    return work({ session, bundles });
  });
}

/** Hands in what the models of what is due depend on. @param triesFrom failures before it are forgiven */
export async function fillAsking(
  session: Session,
  settings: Settings,
  lane: Lane,
  { now, triesFrom }: { now: Date; triesFrom: string | undefined },
): Promise<void> {
  const text = (time: Date) => time.toISOString().replace('T', ' ').replace('Z', '');
  const window = daysOf(settings.campaign.window.conversations) * 86_400_000;
  await fillParameters(session, {
    asked_at: ['TIMESTAMP', text(now)],
    window_from: ['TIMESTAMP', text(new Date(now.getTime() - window))],
    tries_from: ['TIMESTAMP', triesFrom === undefined ? null : text(new Date(triesFrom))],
  });
  const ages = sourceOf(settings, lane).refresh.map(age => [secondsOf(age)]);
  await session.fill('raw_refresh_ages', { seconds: 'INTEGER' }, ages);
  await session.define('stg_refresh_ages', models.get('stg_refresh_ages')!.sql);
}
