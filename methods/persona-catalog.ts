import type { Scale } from './persona-features.ts';

/** What is known of a feature before any night. */
export interface CatalogEntry {
  name: string;
  scale: Scale;
  /** Of its values, as they are told to people. */
  unit: string;
}

/**
 * The features of an influential person, columns of `stg_persona_features`: the four of Kumar & Mirchandani (activeness,
 * clout, talkativeness of receivers, like-mindedness), then ours. The shares of the networks come beside them, one each.
 */
export const catalog: readonly CatalogEntry[] = [
  { name: 'activeness', scale: 'log', unit: 'messages a day' },
  { name: 'clout', scale: 'log1p', unit: 'followers' },
  { name: 'receiver_talkativeness', scale: 'log', unit: 'messages a day' },
  { name: 'like_mindedness', scale: 'plain', unit: 'cosine, 0 to 1' },
  { name: 'cie', scale: 'log', unit: 'share of all influence' },
  { name: 'si', scale: 'plain', unit: 'share of talk' },
  { name: 'virality', scale: 'log', unit: 'mean distance between messages' },
  { name: 'response_seconds', scale: 'log1p', unit: 'seconds' },
  { name: 'hour_cosine', scale: 'plain', unit: 'hour of the day' },
  { name: 'hour_sine', scale: 'plain', unit: 'hour of the day' },
  { name: 'weekend_share', scale: 'plain', unit: 'share of messages' },
  { name: 'reshare_share', scale: 'plain', unit: 'share of messages' },
  { name: 'quote_share', scale: 'plain', unit: 'share of messages' },
  { name: 'answer_share', scale: 'plain', unit: 'share of messages' },
];

/** The feature of the share of a network in what a person writes. */
export function platformFeature(platform: string): CatalogEntry {
  return {
    name: `${platformPrefix}${platform}`,
    scale: 'plain',
    unit: 'share of messages',
  };
}

/** What begins the name of a network's feature. */
export const platformPrefix = 'platform_';
