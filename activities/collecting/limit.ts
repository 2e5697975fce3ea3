import type { Collection, Lane } from '../../contracts/collecting.ts';
import type { CollectingState, Task } from '../../contracts/collection.ts';
import { captureLog } from '../../lake/captureLog.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import { settingsOf } from '../settings.ts';
import type { World } from '../world.ts';
import { accountsOf, sourceOf } from './lanes.ts';
import { tasksOf } from './plan.ts';

/** The limit that the next page of a plan falls under, where all runs of one token share one. */
export function limitOf(
  source: LiveSource,
  tasks: readonly Task[],
  { plan }: CollectingState,
): { limit?: string } {
  const task = plan === undefined ? undefined : tasks[plan.done];
  const limit = task === undefined ? undefined : source.limitOf?.(task.query);
  return limit === undefined ? {} : { limit };
}

/** The same of the plan that a lane is in. */
export async function limitOfLane(
  { lake, networks }: World,
  { collection, lane }: { collection: Collection; lane: Lane },
): Promise<{ limit?: string }> {
  const settings = await settingsOf(lake, collection);
  const live = sourceOf(settings, lane);
  const source = networks.open(live, accountsOf(settings, live));
  try {
    if (source.limitOf === undefined) return {};
    const last = await captureLog(lake, collection.campaign, lane.name).last();
    return last === undefined ? {} : limitOf(source, await tasksOf(lake, last.state), last.state);
  } finally {
    await source.close();
  }
}
