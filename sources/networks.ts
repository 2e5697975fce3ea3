import type { LiveSettings } from '../contracts/campaign.ts';
import { openBluesky } from './bluesky/blueskySource.ts';
import { clockChecked } from './clockChecked.ts';
import { type PoliteClient, politeClient } from './http/politeClient.ts';
import { userAgentOf } from './http/userAgent.ts';
import type { LiveSource } from './liveSource.ts';
import { openMastodon } from './mastodon/mastodonSource.ts';
import { redacted } from './redaction.ts';
import type { Secrets } from './secrets.ts';
import { openX } from './x/xSource.ts';

/** The living networks, as collectors see them. */
export interface Networks {
  /** @param accounts native ids on that network of the brand's accounts and the candidates */
  open(settings: LiveSettings, accounts: readonly string[]): LiveSource;
  now(): Date;
  /** A text without the secrets that this process knows. */
  redacted(text: string): string;
}

/** What a source is given to ask with. */
export interface Means {
  client: PoliteClient;
  secrets: Secrets;
  /** Native ids of accounts that are followed besides those of the settings. */
  accounts: readonly string[];
  /** What servers see of who asks, where the client can't do it. */
  userAgent?: string;
}

/** The networks themselves, asked politely. @param contact where their keepers can complain */
export function realNetworks(secrets: (source: string) => Secrets, contact?: string): Networks {
  const userAgent = userAgentOf(contact);
  const client = politeClient({ userAgent });
  return {
    open: (settings, accounts) =>
      openSource(settings, { client, secrets: secrets(settings.id), accounts, userAgent }),
    now: () => new Date(),
    redacted,
  };
}

/** Opens a source of its type. */
export function openSource(settings: LiveSettings, means: Means): LiveSource {
  const service = 'service' in settings ? settings.service : undefined;
  return clockChecked(sourceOf(settings, means), means.client, service);
}

function sourceOf(settings: LiveSettings, means: Means): LiveSource {
  switch (settings.type) {
    case 'bluesky':
      return openBluesky(settings, means);
    case 'mastodon':
      return openMastodon(settings, means);
    case 'x':
      return openX(settings, means);
  }
}
