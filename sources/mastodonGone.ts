import type { CaptureContext } from '../contracts/collection.ts';
import type { Findings } from './findings.ts';
import { asObject } from './knownFields.ts';
import type { MappedRow } from './source.ts';

/**
 * The message that a query is about: servers are asked by ids of their own, so that a subject is `<id> <uri>`; without a
 * blank it is the URI.
 */
export function uriOfSubject(subject: string): string {
  return subject.slice(subject.indexOf(' ') + 1);
}

/** An answer that there is nothing: of a message that was asked for by itself it says that it is gone. */
export function* mapGone(findings: Findings, { query, status }: CaptureContext): Iterable<MappedRow> {
  findings.count('page_errors');
  const isOfOne = (query.kind === 'refresh' || query.kind === 'thread') && query.subjects.length === 1;
  if ((status === 404 || status === 410) && isOfOne) yield tombstone(query.subjects[0]!);
}

/** What was asked for again and is not in the list of what came. */
export function* mapMissing(came: readonly unknown[], { query }: CaptureContext): Iterable<MappedRow> {
  const uris = new Set(came.map(status => asObject(status)?.uri));
  for (const subject of query.subjects) if (!uris.has(uriOfSubject(subject))) yield tombstone(subject);
}

function tombstone(subject: string): MappedRow {
  return { fields: { platform: 'mastodon', message_id: uriOfSubject(subject), deleted: 'true' } };
}
