import { daysOf } from '../../contracts/campaign.ts';
import { captureLog } from '../../lake/captureLog.ts';
import { bundlesOfLane, type ReadLane } from '../collecting/bundles.ts';
import { keepSegment } from '../collecting/segments.ts';
import { rawKey } from '../rawKey.ts';
import { newestSettings } from '../repair/newestSettings.ts';
import type { RawFile } from '../runRecord.ts';
import { settingsOf } from '../settings.ts';
import type { World } from '../world.ts';
import { type DueDay, dueDaysOf, segmentsThatStay } from './dueDays.ts';
import { lanesReadTogether } from './readTogether.ts';
import { summariesOf } from './summaries.ts';

/** What the rule of retention took out of a campaign's captures, or would take. */
export interface Retained {
  campaign: string;
  /** As the campaign says, like 365d. */
  retention: string;
  /** UTC day: what was captured before leaves. */
  before: string;
  /** Days of capture, each lane's for itself. */
  days: number;
  segments: number;
  bytes: number;
  /** Messages that nothing of what is left tells of. */
  messages: number;
}

/**
 * Lets captures leave that are older than the campaign's `privacy.retention`, whole days of capture, oldest first. What a
 * day came to is durable before its captures are removed; killed anywhere, the next call goes on with the rest.
 *
 * @param settings by which the campaign was collected or published last
 */
export async function applyRetention(
  world: World,
  campaign: string,
  { dryRun }: { dryRun: boolean },
): Promise<Retained> {
  const { lake } = world;
  const settings = await settingsOf(lake, { settings: await newestSettings(lake, campaign) });
  const { retention } = settings.campaign.privacy;
  const oldest = world.networks.now().getTime() - daysOf(retention) * 86_400_000;
  const before = new Date(oldest).toISOString().slice(0, 10);
  const retained: Retained = { campaign, retention, before, days: 0, segments: 0, bytes: 0, messages: 0 };
  const stay = await segmentsThatStay(lake, { campaign, before });
  for (const lanes of await lanesReadTogether(lake, settings)) {
    const due: DueDay[] = [];
    for (const lane of lanes) due.push(...(await dueDaysOf(lake, campaign, lane, { before, stay })));
    due.sort((a, b) => (a.day < b.day ? -1 : 1));
    for (const one of due) {
      retained.days += 1;
      retained.segments += one.segments.length;
      retained.bytes += one.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    retained.messages += await letLeave(world, campaign, lanes, due, dryRun);
  }
  return retained;
}

/** @returns messages of days that were not summed up before, and that nothing tells of any more */
async function letLeave(
  world: World,
  campaign: string,
  lanes: readonly ReadLane[],
  due: readonly DueDay[],
  dryRun: boolean,
): Promise<number> {
  const { lake } = world;
  const fresh = due.filter(({ gone }) => gone === undefined);
  const bundles: RawFile[] = [];
  if (fresh.length > 0)
    for (const lane of lanes) bundles.push(...(await bundlesOfLane(lake, campaign, lane)));
  const bundlesOfDays = fresh.map(({ lane, day }) =>
    bundles.filter(({ file }) => file === `${lane}/${day}` || file.startsWith(`${lane}/${day}/`)),
  );
  const { captures, messages } =
    fresh.length === 0
      ? { captures: [], messages: 0 }
      : await summariesOf(world, campaign, bundles, bundlesOfDays);
  if (dryRun) return messages;
  for (const one of due) {
    world.attempt().signal.throwIfAborted();
    const { lane, day, captured, segments, plans } = one;
    if (one.gone === undefined) {
      const summary = await keepSegment(lake, captures[fresh.indexOf(one)]!);
      const at = world.networks.now().toISOString();
      await captureLog(lake, campaign, lane).markGone({ day, at, summary, segments: captured, plans });
    }
    await lake.remove([...plans, ...segments.map(({ sha256 }) => rawKey(sha256))]);
  }
  return messages;
}
