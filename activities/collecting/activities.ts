import type { CollectingActivities, Collection, CollectRequest } from '../../contracts/collecting.ts';
import { FatalError } from '../../contracts/errors.ts';
import { sha256 } from '../../lake/steps.ts';
import { readCampaignFile } from '../open.ts';
import type { World } from '../world.ts';
import { askNetwork } from './asking.ts';
import { candidatesOf } from './candidates.ts';
import { type CollectingSettings, lanesOf } from './lanes.ts';
import { planCollection } from './planning.ts';

/** The steps of a collection in a real world. */
export function collectingActivities(world: World): CollectingActivities {
  return {
    openCollection: request => openCollection(world, request),
    planCollection: input => planCollection(world, input),
    askNetwork: input => askNetwork(world, input),
  };
}

/** Reads the campaign file and keeps its settings in the lake, so that the whole round works with the same. */
async function openCollection(world: World, request: CollectRequest): Promise<Collection> {
  const settings = await readCampaignFile(request.file);
  const { campaign } = settings.campaign;
  if (campaign !== request.campaign) {
    throw new FatalError(
      `the campaign is now called "${campaign}", this collection is of "${request.campaign}"`,
      {
        where: request.file,
        next: 'collect under its new name',
      },
    );
  }
  const lanes = lanesOf(settings, request.source);
  if (lanes.length === 0) {
    const which = request.source === undefined ? 'live source' : `live source "${request.source}"`;
    throw new FatalError(`the campaign has no ${which}`, {
      where: request.file,
      next: 'add a source of type bluesky, mastodon or x',
    });
  }
  const { accounts: candidates, note } = await candidatesOf(world, settings);
  const text = JSON.stringify({ ...settings, candidates } satisfies CollectingSettings);
  const key = `campaigns/${campaign}/${sha256(text).slice(0, 32)}.json`;
  await world.lake.commit(key, text);
  const filling = request.fill ? { filling: world.networks.now().toISOString() } : {};
  return { campaign, settings: key, lanes, ...(note === undefined ? {} : { note }), ...filling };
}
