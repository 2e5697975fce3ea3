import { FatalError } from '../../contracts/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { readCampaignFile } from '../open.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { newestSettings } from './newestSettings.ts';

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
