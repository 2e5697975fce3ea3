/**
 * What collectors and readers agree on: what is asked of a network, and how what came back is kept. A kept line is
 * called a capture; captures are the only truth, and everything else (staged rows, coverage, what to ask next) is
 * made of them again whenever a mapper gets better.
 */

/** Half-open stretch of time of `created_at`, as ISO instants in UTC. */
export interface Span {
  from: string;
  to: string;
}

/**
 * What can be asked of a network. `search`, `account`, `hashtag` and `stream` stand in the campaign file or follow from
 * it; the others are asked about messages that were seen.
 */
export const queryKinds = [
  /** Messages that hold a term. */
  'search',
  /** Messages under a hashtag of an instance. */
  'hashtag',
  /** What an account wrote and passed on. */
  'account',
  /** All that a network says, cut down to what concerns the campaign. */
  'stream',
  /** How many messages there are by hour, before they are asked for. */
  'counts',
  /** Answers to a message, and what it answers. */
  'thread',
  /** Quotes of a message. */
  'quotes',
  /** Who passed a message on. */
  'reposts',
  /** What an account passed on: time, id and way of what `reposts` tells without them. */
  'records',
  /** Messages again, for their counts and whether they are still there. */
  'refresh',
] as const;
export type QueryKind = (typeof queryKinds)[number];

/** Kinds that are asked about messages that were seen, never for themselves. */
export const followKinds = ['thread', 'quotes', 'reposts', 'records', 'refresh'] as const;
export type FollowKind = (typeof followKinds)[number];

/** One thing to ask of a network, fit to be kept. */
export interface Query {
  kind: QueryKind;
  /** What the ledger calls it: as the campaign file writes it (`search #gelato`), or one name for all of a kind (`reposts`). */
  label: string;
  /**
   * What it is about: the term, the hashtag, the account; for `thread`, `quotes`, `reposts` the message, for `refresh`
   * messages; for `records` the account and then the messages that it passed on, or the message alone. Native
   * ids; of Mastodon's messages `<local id> <uri>` (contracts/localMessage.ts).
   */
  subjects: string[];
  /** Base URL of the server that is asked, where a source has several. */
  host?: string;
  /** For `thread`, `quotes`, `reposts`: how many the network said there are when the question was planned. */
  known?: number;
}

/** A page as it came, with what was asked and where to go on: one line of a raw file of format `captures`. */
export interface PageCapture {
  what: 'page';
  query: Query;
  span: Span;
  /** When it came, ISO in UTC: rows without a time of capture of their own take it. */
  captured_at: string;
  /** HTTP status; 200 where there is none. */
  status: number;
  /** The body as text. */
  body: string;
}

/** That a query was asked to its end, or that it could not be. */
export interface OutcomeCapture {
  what: 'outcome';
  query: Query;
  span: Span;
  captured_at: string;
  /**
   * covered: asked to the end. limited: a rate limit or quota withheld it. failed: errors withheld it. gone: what it
   * is about is no longer there.
   */
  outcome: 'covered' | 'limited' | 'failed' | 'gone';
  /** Why, without anything that came from the network; empty where covered. */
  reason: string;
}

export type Capture = PageCapture | OutcomeCapture;

/** Where the rows ended that were read for a question, and how many questions about messages stayed without an answer. */
export const summaryCounts = [
  'rows_read',
  'staged',
  'duplicates',
  'quarantined',
  'deleted',
  'gone',
  'hidden',
  'included',
  'unmapped',
  'questions_limited',
  'questions_failed',
] as const;
export type SummaryCounts = Record<(typeof summaryCounts)[number], number>;

/**
 * What is left of an hour of a question when its pages have left by the rule of retention: no id, no text, no subject.
 * Counts are what the books would lose: below 0 where rows that stay are booked in this hour only since those have left.
 */
export interface SummaryCapture {
  what: 'summary';
  /** Label of the question. */
  label: string;
  /** Hour of `created_at`, ISO in UTC; null for rows without a time. */
  hour: string | null;
  counts: SummaryCounts;
}

/** How many messages a network said there are in an hour, when the page that said it has left. */
export interface ExpectedCapture {
  what: 'expected';
  label: string;
  hour: string;
  expected: number;
  /** When it was said. */
  captured_at: string;
}

/** Whatever a line of a segment may hold. */
export type KeptCapture = Capture | SummaryCapture | ExpectedCapture;

/** What a mapper may know of the page that a body came in. */
export interface CaptureContext {
  query: Query;
  captured_at: string;
  status: number;
}

/** What a network says of an account; all but `active` hide its messages until it is active again. */
export const accountStates = ['active', 'deactivated', 'suspended', 'deleted'] as const;
export type AccountState = (typeof accountStates)[number];

/** One thing to do: a question over a stretch of time, to be asked to its end. */
export interface Task {
  query: Query;
  span: Span;
  /** Key of the standing query whose `until` moves when it is covered; left out for what is asked about messages. */
  standing?: string;
}

/** How far a standing query has been asked. */
export interface StandingState {
  /** Everything before was asked, or told as missed. */
  until: string;
  /** Where the network goes on from, for those that do. */
  resume?: string;
}

/** Posts that a month may cost. */
export interface QuotaState {
  /** UTC month, like 2026-11. */
  month: string;
  spent: number;
  /** Asked for and not settled yet. */
  reserved: number;
}

/** All that a collector remembers, kept with every entry of its log. */
export interface CollectingState {
  /** By key of the standing query. */
  standing: Record<string, StandingState>;
  /** What is being asked now: a list of tasks in the lake, and how many of them are done. */
  plan?: { key: string; tasks: number; done: number };
  /** The first task that is not done, where it was begun. */
  current?: {
    cursor?: string;
    resume?: string;
    pages: number;
    empty: number;
    /** Bytes of its pages so far. */
    bytes: number;
    /** When its first page was asked for, ISO in UTC. */
    since: string;
    /** Stretches that the network turned out to hold no longer: covered they are not. */
    holes?: Span[];
  };
  /** Times in a row that the current task failed, over all attempts. */
  failures: number;
  /** Tasks in a row that could not be asked to their end. */
  unanswered: number;
  quota?: QuotaState;
}

/** Formats of `raw_files` whose files are bundles of captures, by the network that was asked. */
export const captureFormats = ['captures-bluesky', 'captures-mastodon', 'captures-x'] as const;
export type CaptureFormat = (typeof captureFormats)[number];

/** The content of a bundle: the hashes of its segments, in the order in which they were collected. */
export function bundleText(segments: readonly string[]): string {
  return JSON.stringify({ segments });
}
