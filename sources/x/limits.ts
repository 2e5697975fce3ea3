import { createHash } from 'node:crypto';
import type { QueryKind } from '../../contracts/collection.ts';

/** What X lets one app ask, by endpoint; a bearer token stands for an app. */
export interface EndpointLimit {
  /** Below the base URL; `:id` stands for the subject. */
  path: string;
  /** Requests in 15 minutes. */
  requests: number;
  /** Requests in a second, where that is limited too. */
  perSecond?: number;
  /** The fewest and the most results that a page may be asked for, where that can be chosen. */
  results?: { least: number; most: number };
}

/**
 * Limits of one app, as docs.x.com/x-api/fundamentals/rate-limits tells them (read in November 2026); those of quotes and
 * reposters by docs.x.com/x-api/posts/retweets/migrate/overview and developer.x.com/en/docs/twitter-api/rate-limits.
 * Plans of old have lower ones: what a server says in its headers is obeyed besides.
 */
export const endpointLimits = {
  recent: { path: '/2/tweets/search/recent', requests: 450, results: { least: 10, most: 100 } },
  archive: { path: '/2/tweets/search/all', requests: 300, perSecond: 1, results: { least: 10, most: 500 } },
  'recent-counts': { path: '/2/tweets/counts/recent', requests: 300 },
  'archive-counts': { path: '/2/tweets/counts/all', requests: 300 },
  timeline: { path: '/2/users/:id/tweets', requests: 10_000, results: { least: 5, most: 100 } },
  quotes: { path: '/2/tweets/:id/quote_tweets', requests: 75, results: { least: 10, most: 100 } },
  reposters: { path: '/2/tweets/:id/retweeted_by', requests: 75, results: { least: 1, most: 100 } },
  lookup: { path: '/2/tweets', requests: 3_500 },
} as const satisfies Record<string, EndpointLimit>;
export type Endpoint = keyof typeof endpointLimits;

/** Pages a second that all runs of one token may ask an endpoint for together. */
export function pagesPerSecond(endpoint: Endpoint): number {
  const { requests, perSecond }: EndpointLimit = endpointLimits[endpoint];
  return Math.min(requests / 900, perSecond ?? Infinity);
}

/** The endpoint that answers a question. */
export function endpointOf(kind: QueryKind, archive: boolean): Endpoint {
  switch (kind) {
    case 'search':
    case 'thread':
    case 'records':
      return archive ? 'archive' : 'recent';
    case 'counts':
      return archive ? 'archive-counts' : 'recent-counts';
    case 'account':
      return 'timeline';
    case 'quotes':
      return 'quotes';
    case 'reposts':
      return 'reposters';
    case 'refresh':
      return 'lookup';
    default:
      throw new Error(`X can't be asked for ${kind}`);
  }
}

/** Name of the limit that all runs of a token share at an endpoint; the token can't be had from it. */
export function limitName(token: string, endpoint: Endpoint): string {
  return `x-${createHash('sha256').update(token).digest('hex').slice(0, 12)}-${endpoint}`;
}

/** Characters that a query may have in the largest of X's plans; what a plan allows is X's to say. */
export const longestQuery = 4096;

/** Posts that one lookup may be asked for. */
export const mostLookedUp = 100;

/** How far back the recent endpoints serve. */
export const recentHours = 168;
