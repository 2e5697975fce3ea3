import type { Query, Span } from '../../../contracts/collection.ts';
import type { PoliteClient } from '../../../sources/http/politeClient.ts';
import type { LiveSource } from '../../../sources/liveSource.ts';
import type { Secrets } from '../../../sources/secrets.ts';
import type { Asked } from '../faultServer.ts';

/** A message that the suite makes up, before it has the form of a network. */
export interface Made {
  /** From 1; the messages of a case have numbers of their own. */
  number: number;
  /** `created_at`, ISO in UTC, within the fixture's span. */
  at: string;
  text: string;
  /** The display name of who wrote it. */
  name: string;
}

export interface Body {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** What the suite needs to know of a source and of the bodies of its network. */
export interface Fixture {
  /** Opens the source on the suite's server. */
  open(service: string, client: PoliteClient, secrets: Secrets): LiveSource | Promise<LiveSource>;
  /** What is asked in all cases but those of deleted messages: a standing query of several pages. */
  query(service: string): Query;
  span: Span;
  /** The message as a body of the network holds it. */
  item(made: Made): object;
  /** Its `message_id` in rows. */
  idOf(made: Made): string;
  /** Which page of the query a request asks for, from 0; undefined for a request that is about something else. */
  pageOf(asked: Asked): number | undefined;
  /** The answer to such a request; `next` is the page that the network's own cursor leads to, undefined after the last. */
  page(items: object[], next: number | undefined, service: string): Body;
  /** The answer to all other requests (log in, look up, messages by id), on a network where only `there` exist. */
  besides(asked: Asked, there: readonly Made[], service: string): Body;
  /** Whether a page that broke may have been paid: then the source makes one try, and whoever asks makes the next. */
  isPaid?: boolean;
  /** The field of an item without which it can't be a message: the suite removes it. */
  required: string;
  /**
   * Asks for messages again, of which some may be gone; at most as many at a time as the source's `follows.refresh`.
   * Undefined where the network tells deletions in another way only.
   */
  refresh?(ids: string[], service: string): Query;
}
