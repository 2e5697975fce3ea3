import { newestMessage } from '../activities/newest.ts';
import type { Settings } from '../activities/settings.ts';
import { readConfig } from '../config.ts';
import { fileSources } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import { dayBefore, type Interval } from '../contracts/interval.ts';
import type { StepReport } from '../contracts/table.ts';
import { realWorld } from '../worker.ts';

/**
 * The last full UTC day that ends at or before the newest message of the file sources, or before now where there are
 * none; messages dated after now can't be
 * right and are left out of the question. With the report of the reading, which the run then finds done.
 */
export async function defaultInterval(
  settings: Settings,
  signal: AbortSignal,
): Promise<{ interval: Interval; reading?: StepReport }> {
  if (fileSources(settings.campaign).length === 0) return { interval: dayBefore(Date.now()) };
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const { newest, reading } = await newestMessage(world, settings, Date.now());
  if (newest === undefined) {
    throw new FatalError('no message of its sources has a readable time up to now', {
      where: settings.file,
      next: `name the interval with --interval FROM/TO, or see \`npx sillage check ${settings.file}\``,
    });
  }
  return { interval: dayBefore(newest), reading };
}
