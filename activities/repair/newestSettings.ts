import { FatalError } from '../../contracts/errors.ts';
import { captureLog } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { committedNights } from '../../lake/nights.ts';

/**
 * Key of the settings by which a campaign was collected or published last.
 *
 * @throws FatalError where the lake knows nothing of the campaign
 */
export async function newestSettings(lake: Lake, campaign: string): Promise<string> {
  const known: { at: string; settings: string }[] = [];
  for await (const night of committedNights(lake)) {
    if (night.campaign !== campaign) continue;
    known.push({ at: night.published_at, settings: night.settings });
    break;
  }
  for (const lane of await lake.list(`collected/${campaign}`)) {
    const last = await captureLog(lake, campaign, lane).last();
    if (last !== undefined) known.push(last);
  }
  const newest = known.sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (newest !== undefined) return newest.settings;
  throw new FatalError(`nothing was collected or published for the campaign "${campaign}" in ${lake.name}`, {
    next: 'run `npx sillage collect <campaign.yaml>` or `npx sillage run <campaign.yaml>`, or set SILLAGE_LAKE',
  });
}
