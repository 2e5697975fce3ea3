import type { LiveSettings } from '../contracts/campaign.ts';
import type { LiveSource } from './liveSource.ts';

/** The living networks, as collectors see them. */
export interface Networks {
  /** @param accounts native ids on that network of the brand's accounts and the candidates */
  open(settings: LiveSettings, accounts: readonly string[]): LiveSource;
  now(): Date;
  /** A text without the secrets that this process knows. */
  redacted(text: string): string;
}
