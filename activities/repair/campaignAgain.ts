import { FatalError } from '../../contracts/errors.ts';
import { captureLog } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { committedNights } from '../../lake/nights.ts';
import { readCampaignFile } from '../open.ts';
import { type Settings, settingsOf } from '../settings.ts';

/**
 * The settings of a campaign as its file says now; the lake knows where the file lay when it was collected or published
 * last.
 *
 * @throws FatalError where the lake knows nothing of the campaign, or the file has moved
 */
export async function campaignAgain(lake: Lake, campaign: string): Promise<Settings> {
  const { file } = await settingsOf(lake, { settings: await newestSettings(lake, campaign) });
  const settings = await readCampaignFile(file).catch(error => {
    if (!(error instanceof FatalError) || (error.cause as NodeJS.ErrnoException)?.code !== 'ENOENT')
      throw error;
    throw new FatalError(`the file of the campaign "${campaign}" is no longer there`, {
      where: file,
      next: 'put it back, or collect or run it once from where it is now',
      cause: error,
    });
  });
  if (settings.campaign.campaign === campaign) return settings;
  throw new FatalError(`the campaign is now called "${settings.campaign.campaign}"`, {
    where: file,
    next: 'ask for it by its new name',
  });
}

/** Key of the settings by which a campaign was collected or published last. */
async function newestSettings(lake: Lake, campaign: string): Promise<string> {
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
