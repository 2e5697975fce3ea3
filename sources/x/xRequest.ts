import type { Query } from '../../contracts/collection.ts';
import { type PageAsk, Withheld } from '../liveSource.ts';
import { type Endpoint, type EndpointLimit, endpointLimits, endpointOf, mostLookedUp } from './limits.ts';
import type { XCursor } from './xCursor.ts';
import { type Stretch, stretchOf } from './xStretch.ts';

/** What X is asked for one page. */
export interface XRequest {
  endpoint: Endpoint;
  /** Below the base URL. */
  path: string;
  parameters: Record<string, string>;
  /** Whether the posts that come are paid from the quota. */
  isPaid: boolean;
  /** What is asked for, where the endpoint takes times. */
  stretch?: Stretch;
  /** How many of the subjects are asked, counted from the first, where not all fit one page. */
  asked?: number;
}

/** What the mapper of X reads of a post and of its author; nothing else is asked for, so nothing else is kept. */
const postFields =
  'author_id,conversation_id,created_at,entities,lang,note_tweet,public_metrics,referenced_tweets';
const fields = { 'tweet.fields': postFields, 'user.fields': 'public_metrics', expansions: 'author_id' };
/** With the posts that are answered, quoted and passed on. */
const fieldsAndOrigins = {
  ...fields,
  expansions: 'author_id,referenced_tweets.id,referenced_tweets.id.author_id',
};
/** A post has at most two references (it quotes in an answer), so that each asked for may bring two more along. */
const postsWithOrigins = 3;

/**
 * @param now of X's clock, in milliseconds
 * @throws Withheld where the least page may cost more than `ask.most`, or X can't serve the span
 */
export function requestOf(
  ask: PageAsk,
  cursor: XCursor,
  options: { archive: boolean; now: number },
): XRequest {
  const { query } = ask;
  const [subject = ''] = query.subjects;
  const endpoint = endpointOf(query.kind, options.archive);
  if (endpoint === 'lookup') return lookup(ask, cursor, options.now);
  const limit: EndpointLimit = endpointLimits[endpoint];
  const path = limit.path.replace(':id', encodeURIComponent(subject));
  const token = cursor.token === undefined ? {} : { [tokenName(endpoint)]: cursor.token };
  if (endpoint === 'reposters') {
    return { endpoint, path, parameters: { max_results: '100', ...token }, isPaid: false };
  }
  if (endpoint === 'quotes') {
    return {
      endpoint,
      path,
      parameters: { ...fields, ...sized(limit, 1, ask.most, options.now), ...token },
      isPaid: true,
    };
  }
  const isCounted = query.kind === 'counts';
  const stretch = stretchOf(ask.span, {
    now: options.now,
    resume: ask.resume,
    begun: cursor.stretch,
    isRecent: endpoint === 'recent' || endpoint === 'recent-counts',
    byHour: isCounted,
  });
  const times = { start_time: stretch.from, end_time: stretch.to };
  const asked: Record<string, string> =
    endpoint === 'timeline' ? {} : { query: queryText(query.kind, subject) };
  if (isCounted) {
    return {
      endpoint,
      path,
      parameters: { ...asked, granularity: 'hour', ...times, ...token },
      isPaid: false,
      stretch,
    };
  }
  // What a follow-up is about was seen already: its origins cost and tell nothing.
  const isStanding = query.kind === 'search' || query.kind === 'account';
  const size = sized(limit, isStanding ? postsWithOrigins : 1, ask.most, options.now);
  return {
    endpoint,
    path,
    parameters: { ...asked, ...(isStanding ? fieldsAndOrigins : fields), ...times, ...size, ...token },
    isPaid: true,
    stretch,
  };
}

function tokenName(endpoint: Endpoint): string {
  return ['timeline', 'quotes', 'reposters'].includes(endpoint) ? 'pagination_token' : 'next_token';
}

function queryText(kind: Query['kind'], subject: string): string {
  // A conversation bears the id of its first post; of any other post the answers are found by what they answer.
  if (kind === 'thread') return `conversation_id:${subject} OR in_reply_to_tweet_id:${subject}`;
  return kind === 'records' ? `retweets_of_tweet_id:${subject}` : subject;
}

/** As many results as the endpoint gives, and as may be paid for. */
function sized(
  { results }: EndpointLimit,
  postsEach: number,
  most: number | undefined,
  now: number,
): { max_results: string } {
  const payable = most === undefined ? Infinity : Math.floor(most / postsEach);
  if (payable < results!.least) throw quotaUsed(now);
  return { max_results: String(Math.min(results!.most, payable)) };
}

function lookup({ query, most = Infinity }: PageAsk, { asked = 0 }: XCursor, now: number): XRequest {
  const end = Math.min(query.subjects.length, asked + Math.min(mostLookedUp, most));
  if (end <= asked) throw quotaUsed(now);
  return {
    endpoint: 'lookup',
    path: endpointLimits.lookup.path,
    parameters: { ids: query.subjects.slice(asked, end).join(','), ...fields },
    isPaid: true,
    asked: end,
  };
}

function quotaUsed(now: number): Withheld {
  const today = new Date(now);
  const until = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1));
  return new Withheld('fewer posts of the month are left than the least page may cost', until);
}
