import { type LiveSettings, liveSources } from '../../contracts/campaign.ts';
import type { Lane } from '../../contracts/collecting.ts';
import type { LiveSource, StandingQuery } from '../../sources/liveSource.ts';
import type { Settings } from '../settings.ts';

/** What stands for the server in the lane of a stream, which is read beside the questions of its source. */
export const streamLane = 'stream';

/** The lanes of a campaign: servers do not wait for each other, nor questions for a stream. */
export function lanesOf({ campaign }: Settings, only?: string): Lane[] {
  return liveSources(campaign)
    .filter(({ id }) => only === undefined || id === only)
    .flatMap(source => lanesOfSource(source));
}

function lanesOfSource(source: LiveSettings): Lane[] {
  const { id } = source;
  if (source.type === 'mastodon') {
    return source.instances.map(instance => ({
      source: id,
      name: `${id}@${new URL(instance).host.replace(':', '_')}`,
      host: instance,
    }));
  }
  const questions = { source: id, name: id };
  if (source.type !== 'bluesky' || source.stream === undefined) return [questions];
  return [questions, { source: id, name: `${id}@${streamLane}`, host: streamLane }];
}

/** The standing queries that a lane asks. */
export function standingOf(source: LiveSource, lane: Lane): StandingQuery[] {
  return source.standing.filter(({ query }) => {
    if (query.kind === 'stream' || lane.host === streamLane)
      return (query.kind === 'stream') === (lane.host === streamLane);
    return query.host === undefined || query.host === lane.host;
  });
}

/** The settings of the source that a lane belongs to. */
export function sourceOf({ campaign }: Settings, lane: Lane): LiveSettings {
  return liveSources(campaign).find(({ id }) => id === lane.source)!;
}

/** The campaign as a round of collecting read it. */
export interface CollectingSettings extends Settings {
  /** `<platform>:<native id>` of those whom the campaign could ask. */
  candidates?: string[];
}

/** Native ids of the brand's accounts and the candidates' on the network of a source. */
export function accountsOf(
  { campaign, candidates = [] }: CollectingSettings,
  { type }: LiveSettings,
): string[] {
  return [...campaign.brand.accounts, ...candidates].flatMap(account =>
    account.startsWith(`${type}:`) ? [account.slice(type.length + 1)] : [],
  );
}
