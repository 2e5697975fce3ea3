import { liveSources } from '../../contracts/campaign.ts';
import { captureLog } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import type { ReadLane } from '../collecting/bundles.ts';
import { lanesOf } from '../collecting/lanes.ts';
import { type Settings, settingsOf } from '../settings.ts';

/**
 * All lanes of which a campaign has captures, by what a night reads together: those that the campaign file names, and
 * each that it no longer names for itself.
 */
export async function lanesReadTogether(lake: Lake, settings: Settings): Promise<ReadLane[][]> {
  const { campaign } = settings.campaign;
  const named = readLanesOf(settings);
  const groups = [named];
  for (const name of await lake.list(`collected/${campaign}`)) {
    if (named.some(lane => lane.name === name)) continue;
    const last = await captureLog(lake, campaign, name).last();
    if (last === undefined) continue;
    groups.push(readLanesOf(await settingsOf(lake, last)).filter(lane => lane.name === name));
  }
  return groups;
}

function readLanesOf(settings: Settings): ReadLane[] {
  const types = new Map(liveSources(settings.campaign).map(({ id, type }) => [id, type]));
  return lanesOf(settings).map(({ name, source }) => ({ name, source, type: types.get(source)! }));
}
