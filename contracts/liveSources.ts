import { z } from 'zod';

/** Sources that are collected from living networks: what of each is asked, and how often. */

const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,3}(m|h|d)$/, 'must be a time like 15m, 1h or 7d')
  .describe('a time like 15m, 1h or 7d');
const terms = z.array(z.string().trim().min(1)).default([]);
const server = (allowed: RegExp, due: string) =>
  z
    .url({ error: due })
    .regex(allowed, due)
    .refine(
      text => !URL.canParse(text) || new URL(text).username === '',
      'must not hold a name or a password',
    )
    .refine(text => !/[?#]/.test(text), 'must not hold ? or #');
const https = server(/^https?:\/\//, 'must be an address like https://example.org');

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** What all live sources share. */
const schedule = {
  every: duration.default('15m').describe('how often it is asked'),
  lookback: duration.default('7d').describe('how far back the first collection goes'),
  refresh: z
    .array(duration)
    .default(['1h', '1d', '7d', '30d'])
    .describe('ages at which the counts of a message are read again'),
  follow: z
    .array(z.enum(['thread', 'quotes', 'reposts']))
    .default(['thread', 'quotes', 'reposts'])
    .describe('what is asked about messages that were seen'),
};

export const blueskySource = z.strictObject({
  type: z.literal('bluesky'),
  service: https.default('https://public.api.bsky.app').describe('the server that is asked'),
  directory: https.default('https://plc.directory').describe('where DIDs are looked up'),
  search: terms.describe('terms and #hashtags; most services want credentials for it'),
  accounts: terms.describe(
    'handles or DIDs whose posts and reposts are followed, besides those of the brand and the candidates',
  ),
  stream: server(/^wss?:\/\//, 'must be an address like wss://jetstream2.us-east.bsky.network')
    .optional()
    .describe('a firehose or Jetstream: deletions and reposts as they happen'),
  ...schedule,
});

export const mastodonSource = z.strictObject({
  type: z.literal('mastodon'),
  instances: z
    .array(https)
    .min(1)
    .refine(list => new Set(list.map(hostOf)).size === list.length, 'names a server twice')
    .describe('the servers that are asked, each for itself'),
  hashtags: terms
    .refine(list => list.every(tag => /[^#]/.test(tag)), 'must hold a word')
    .describe('with or without #'),
  accounts: terms.describe('like @name@example.org'),
  search: terms.describe('only where the instance allows it, with credentials'),
  ...schedule,
});

export const xSource = z.strictObject({
  type: z.literal('x'),
  service: https.default('https://api.x.com').describe('the server that is asked'),
  search: terms.describe('queries of X API v2'),
  accounts: terms.describe('numbers of accounts whose posts are followed, besides those of the brand'),
  archive: z
    .boolean()
    .default(false)
    .describe('whether the full archive may be asked, beyond the last 7 days'),
  quota: z
    .strictObject({
      posts_per_month: z.int().min(1).describe('posts that may be fetched in a UTC month; never exceeded'),
    })
    .describe('what the plan of the account pays for'),
  ...schedule,
});

export const liveTypes = ['bluesky', 'mastodon', 'x'] as const;
export type LiveType = (typeof liveTypes)[number];

/** Seconds of a time like 15m, 1h or 7d. */
export function secondsOf(time: string): number {
  const unit = { m: 60, h: 3600, d: 86_400 }[time.at(-1) as 'm' | 'h' | 'd'];
  return Number(time.slice(0, -1)) * unit;
}

interface Asking {
  type: string;
  search?: string[];
  accounts?: string[];
  hashtags?: string[];
  stream?: string;
}

/** Sources that would ask for nothing: with no terms, hashtags, accounts or stream of their own, nor accounts of others to follow. */
export function asksForNothing(
  { type, search = [], accounts = [], hashtags = [], stream }: Asking,
  others: readonly string[],
  hasCandidates: boolean,
): boolean {
  const isLive = (liveTypes as readonly string[]).includes(type);
  const own = search.length + accounts.length + hashtags.length + (stream === undefined ? 0 : 1);
  return isLive && own === 0 && !hasCandidates && !others.some(account => account.startsWith(`${type}:`));
}
