import type { FollowKind, Query, Span } from '../contracts/collection.ts';
import type { Mapper } from './source.ts';

/** A question that is asked again and again, each time for what is new since. */
export interface StandingQuery {
  query: Query;
  /** How many hours back the network can still serve it; undefined where there is no end. */
  reachHours?: number;
  /** How many minutes before the last stretch's end the next one begins: so late may the network show what is new. By default 10. */
  overlapMinutes?: number;
}

/** What one page is asked for. */
export interface PageAsk {
  query: Query;
  /** The stretch of `created_at` that is wanted; a page may hold more, and the source stops asking beyond it. */
  span: Span;
  /** Where the page before ended; undefined for the first. */
  cursor: string | undefined;
  /** Where the standing query before this one ended, for networks that go on from there; else undefined. */
  resume: string | undefined;
  /** The most messages that may come, where each costs; a source that can't keep to it must not ask. */
  most?: number;
  signal: AbortSignal;
}

export interface Page {
  /** As it came. */
  body: Buffer;
  status: number;
  /** Where the next page begins; undefined where this was the last. */
  next: string | undefined;
  /** Where the same standing query can go on later. */
  resume?: string;
  /** A stretch of what was asked that the network does not show, or no longer: it is booked as failed, and the pages go on after it. */
  hole?: Span;
  /** How far this machine's clock is ahead of the server's, where the server tells the time. */
  ahead?: { seconds: number; of: string };
  /** Messages that the network counts as delivered, for quotas. */
  posts: number;
}

/**
 * A network that is asked page by page. It holds no state that matters: asking again with the same cursor gives the
 * page again, so that whoever asks may be killed at any instant.
 */
export interface LiveSource {
  mapper: Mapper;
  standing: readonly StandingQuery[];
  /** What it can be asked about messages that were seen, and about how many at a time. */
  follows: Partial<Record<FollowKind, number>>;
  /** Whether it is asked for records by the account that passed messages on (then the messages follow in `subjects`), or by the message. */
  recordsBy?: 'account' | 'message';
  /**
   * The limit that a question falls under, where a network counts what all programs with the same token ask together.
   * The name holds no secret.
   */
  limitOf?(query: Query): string;
  /**
   * @throws Withheld where a limit withholds the page; Unanswerable where this question is refused, and others are not;
   *   FatalError where a person must act before anything is answered (credentials, unknown host, TLS); whatever else is
   *   thrown may be tried again
   */
  page(ask: PageAsk): Promise<Page>;
  close(): Promise<void>;
}

/** A network that asks for patience: a rate limit, or a quota that is used up. */
export class Withheld extends Error {
  /** When asking makes sense again; undefined where the network does not say. */
  readonly until: Date | undefined;

  constructor(message: string, until: Date | undefined) {
    super(message);
    this.name = 'Withheld';
    this.until = until;
  }
}

/** That a question is refused for what it asks, and would be again: others may be answered all the same. */
export class Unanswerable extends Error {
  /** @param what without anything that came from the network @param next what a person can do about it */
  constructor(what: string, next?: string) {
    super(next === undefined ? what : `${what} — ${next}`);
    this.name = 'Unanswerable';
  }
}
