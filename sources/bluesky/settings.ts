import type { LiveSettings } from '../../contracts/campaign.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import type { Secrets } from '../secrets.ts';

export type BlueskySettings = Extract<LiveSettings, { type: 'bluesky' }>;

/** What the source is given to work with. */
export interface Means {
  client: PoliteClient;
  secrets: Secrets;
  /** DIDs or handles of the brand and the candidates. */
  accounts: readonly string[];
  /**
   * Whether a message is staged already, by its at-URI: the stream then keeps what answers, passes on or deletes it.
   * Without it every deletion is kept, and of the others those that name a message that this source kept itself.
   */
  isKnown?: (uri: string) => boolean;
  /** How long a stream has to be silent until it is taken to tell what happens now; 3 by default. */
  quietSeconds?: number;
}
