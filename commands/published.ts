import { readConfig } from '../config.ts';
import { FatalError } from '../contracts/errors.ts';
import { folderLake } from '../lake/folder.ts';
import type { Lake } from '../lake/lake.ts';
import { committedNights, type Manifest, publishedCampaigns, shownNight } from '../lake/nights.ts';

/** The nights that readers see: of one campaign or of all, the shown ones or those of a day. */
export async function publishedNights(choice: {
  campaign?: string | undefined;
  asOf?: string | undefined;
}): Promise<{ lake: Lake; nights: Manifest[] }> {
  const lake = folderLake(readConfig().lake);
  const campaigns = (await publishedCampaigns(lake)).filter(name => (choice.campaign ?? name) === name);
  const nights: Manifest[] = [];
  for (const campaign of campaigns) {
    const night =
      choice.asOf === undefined
        ? await shownNight(lake, campaign)
        : await nightAsOf(lake, campaign, choice.asOf);
    if (night !== undefined) nights.push(night);
  }
  if (nights.length > 0) return { lake, nights };
  const which = [choice.campaign && ` for ${choice.campaign}`, choice.asOf && ` as of ${choice.asOf}`];
  throw new FatalError(`nothing is published${which.filter(Boolean).join('')} in ${lake.name}`, {
    next: await whatInstead(lake, choice.campaign, campaigns),
  });
}

async function whatInstead(
  lake: Lake,
  campaign: string | undefined,
  campaigns: readonly string[],
): Promise<string> {
  const days = new Set<string>();
  for await (const night of committedNights(lake))
    if (campaigns.includes(night.campaign)) days.add(night.as_of);
  if (days.size > 0) return `published are ${[...days].sort().slice(-10).join(', ')}`;
  const others = campaign === undefined ? [] : await publishedCampaigns(lake);
  return others.length > 0
    ? `published are ${others.join(', ')}`
    : 'run a night: `npx sillage run <campaign.yaml>`, or set SILLAGE_LAKE';
}

async function nightAsOf(lake: Lake, campaign: string, asOf: string): Promise<Manifest | undefined> {
  for await (const night of committedNights(lake)) {
    if (night.campaign === campaign && night.as_of === asOf) return night;
  }
  return undefined;
}
