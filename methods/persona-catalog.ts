import type { Scale } from './persona-features.ts';

/** What is known of a feature before any night. */
export interface CatalogEntry {
  name: string;
  subject: string;
  scale: Scale;
}

/**
 * The features of an influential person, columns of `stg_persona_features`: the four of Kumar & Mirchandani (activeness,
 * clout, talkativeness of receivers, like-mindedness), then ours. The shares of the networks come beside them, one each.
 */
export const catalog: readonly CatalogEntry[] = [
  { name: 'activeness', subject: 'activeness', scale: 'log' },
  { name: 'clout', subject: 'clout', scale: 'log1p' },
  { name: 'receiver_talkativeness', subject: 'receiver_talkativeness', scale: 'log' },
  { name: 'like_mindedness', subject: 'like_mindedness', scale: 'plain' },
  { name: 'cie', subject: 'cie', scale: 'log' },
  { name: 'si', subject: 'si', scale: 'plain' },
  { name: 'virality', subject: 'virality', scale: 'log' },
  { name: 'response_seconds', subject: 'response_seconds', scale: 'log1p' },
  { name: 'hour_cosine', subject: 'hours', scale: 'plain' },
  { name: 'hour_sine', subject: 'hours', scale: 'plain' },
  { name: 'weekend_share', subject: 'hours', scale: 'plain' },
  { name: 'reshare_share', subject: 'form', scale: 'plain' },
  { name: 'quote_share', subject: 'form', scale: 'plain' },
  { name: 'answer_share', subject: 'form', scale: 'plain' },
];

/** The feature of the share of a network in what a person writes. */
export function platformFeature(platform: string): CatalogEntry {
  return { name: `${platformPrefix}${platform}`, subject: 'platforms', scale: 'plain' };
}

/** What begins the name of a network's feature. */
export const platformPrefix = 'platform_';
