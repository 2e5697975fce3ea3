import type { LiveSettings } from '../../contracts/campaign.ts';
import type { Means } from '../networks.ts';

export type BlueskySettings = Extract<LiveSettings, { type: 'bluesky' }>;

export interface BlueskyMeans extends Means {
  /**
   * Whether a message is staged already, by its at-URI: the stream then keeps what answers, quotes or passes it on.
   * Without it, only what names a message that this source kept itself.
   */
  isKnown?: (uri: string) => boolean;
  /** How long a stream has to be silent until it is taken to tell what happens now; 3 by default. */
  quietSeconds?: number;
}
