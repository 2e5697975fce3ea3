import type { CaptureContext } from '../contracts/collection.ts';
import { localMessageOf } from '../contracts/localMessage.ts';
import type { Findings } from './findings.ts';
import { asObject } from './knownFields.ts';
import { mapGoneAccount } from './mastodonAccounts.ts';
import type { Mapped, MappedRow } from './source.ts';

/** An answer that there is nothing: of a message that was asked for by itself it says that it is gone. */
export function* mapGone(findings: Findings, context: CaptureContext): Iterable<Mapped> {
  findings.count('page_errors');
  const { query, status } = context;
  const isOfOne = (query.kind === 'refresh' || query.kind === 'thread') && query.subjects.length === 1;
  if ((status === 404 || status === 410) && isOfOne) yield tombstone(query.subjects[0]!);
  yield* mapGoneAccount(context);
}

/** What was asked for again and is not in the list of what came. */
export function* mapMissing(came: readonly unknown[], { query }: CaptureContext): Iterable<MappedRow> {
  const uris = new Set(came.map(status => asObject(status)?.uri));
  for (const subject of query.subjects) if (!uris.has(localMessageOf(subject).uri)) yield tombstone(subject);
}

function tombstone(subject: string): MappedRow {
  return { fields: { platform: 'mastodon', message_id: localMessageOf(subject).uri, deleted: 'true' } };
}
