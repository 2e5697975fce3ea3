import { captureLog } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { lanesKept, type ReadLane } from '../collecting/bundles.ts';
import { type Settings, settingsOf } from '../settings.ts';

/**
 * All lanes of which a campaign has captures, by what a night reads together: those of the sources that the campaign file
 * names, and each of another for itself.
 */
export async function lanesReadTogether(lake: Lake, settings: Settings): Promise<ReadLane[][]> {
  const { campaign } = settings.campaign;
  const named = await lanesKept(lake, settings);
  const groups = [named];
  for (const name of await lake.list(`collected/${campaign}`)) {
    if (named.some(lane => lane.name === name)) continue;
    const last = await captureLog(lake, campaign, name).last();
    if (last === undefined) continue;
    const then = await lanesKept(lake, await settingsOf(lake, last));
    groups.push(then.filter(lane => lane.name === name));
  }
  return groups;
}
