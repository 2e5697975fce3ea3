import { z } from 'zod';
import type { CaptureContext } from '../contracts/collection.ts';
import { mapEvent } from './blueskyEvents.ts';
import { accountState, mapError, mapMissing } from './blueskyGone.ts';
import { recordRow } from './blueskyRecords.ts';
import { BlueskyViews, profileSchema } from './blueskyViews.ts';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit, unusedFields } from './knownFields.ts';
import type { Mapped, Mapper } from './source.ts';

/** The fields of the pages that are read, of all of them; `repos` is a source's own, see `mapMissing`. */
const pageSchema = z.object(
  unusedFields(
    'cid',
    'cursor',
    'events',
    'feed',
    'hitsTotal',
    'posts',
    'records',
    'repos',
    'thread',
    'threadgate',
    'uri',
  ),
);

/**
 * What Bluesky's services answer, alone or as pages: post views (search, getPosts, getQuotes, getAuthorFeed,
 * getPostThread), getRepostedBy, records of repositories, and events in Jetstream's shape.
 */
export const bluesky: Mapper = {
  format: 'bluesky',
  *map(document, findings, context) {
    const bodies = Array.isArray(document) ? document : [document];
    for (const value of bodies) {
      const body = asObject(value);
      if (body === undefined) yield { fields: {}, refused: unknownBody };
      else yield* mapBody(body, findings, context);
    }
  },
};

const unknownBody = 'is no post, record, event or page of Bluesky';

function* mapBody(
  body: Record<string, unknown>,
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<Mapped> {
  const views = new BlueskyViews(findings, context?.captured_at ?? null);
  if (typeof body.error === 'string' || (context?.status ?? 200) >= 400)
    yield* mapError(body, findings, context);
  else if (typeof body.kind === 'string' && 'did' in body) yield* mapEvent(body, findings);
  else if (Array.isArray(body.repostedBy)) yield* mapReposters(body.uri, body.repostedBy, findings);
  else if ('value' in body) yield* mapRecord(body, findings, context);
  else if ('record' in body) yield* views.post(body);
  else if ('post' in body && !('replies' in body || 'parent' in body)) yield* views.feedItem(body);
  else if ('post' in body) yield* views.thread(body);
  else yield* mapPage(body, views, findings, context);
}

function* mapPage(
  body: Record<string, unknown>,
  views: BlueskyViews,
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<Mapped> {
  const { posts, feed, thread, records, events, repos } = body;
  const lists = [posts, feed, records, events].filter(list => Array.isArray(list));
  if (lists.length === 0 && thread === undefined) {
    yield { fields: {}, refused: unknownBody };
    return;
  }
  countUnknown(pageSchema, body, '', findings);
  if (Array.isArray(events)) for (const event of events) yield* mapEvent(event, findings);
  if (Array.isArray(feed)) for (const item of feed) yield* views.feedItem(item);
  if (thread !== undefined) yield* views.thread(thread);
  if (Array.isArray(records)) for (const record of records) yield* mapRecord(record, findings, context);
  if (Array.isArray(posts)) {
    for (const post of posts) yield* views.post(post);
    const uris = new Set(posts.map(post => asObject(post)?.uri).filter(uri => typeof uri === 'string'));
    if (context?.query.kind === 'refresh') yield* mapMissing(uris, repos, findings, context);
  }
  const [subject] = context?.query.subjects ?? [];
  // An account that can be read is there, whatever was said of it before.
  if (['account', 'records'].includes(context?.query.kind ?? '') && subject?.startsWith('did:'))
    yield accountState(subject, 'active');
}

function* mapRecord(
  body: unknown,
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<Mapped> {
  const { uri, value } = asObject(body) ?? {};
  if (typeof uri !== 'string') {
    yield { fields: {}, refused: 'record: uri: expected text' };
    return;
  }
  const captured_at = context?.captured_at ?? null;
  const row = recordRow(uri, value, captured_at, findings);
  if (row !== undefined) yield { ...row, fields: { ...row.fields, captured_at } };
}

function* mapReposters(uri: unknown, accounts: unknown[], findings: Findings): Iterable<Mapped> {
  for (const account of accounts) {
    const parsed = profileSchema.safeParse(account);
    if (!parsed.success || typeof uri !== 'string') {
      const reason = parsed.success ? 'uri: expected text' : `account: ${misfit(parsed.error)}`;
      yield { fields: { platform: 'bluesky' }, refused: `reposted by: ${reason}` };
      continue;
    }
    countUnknown(profileSchema, account, 'repostedBy', findings);
    yield { reposter: { platform: 'bluesky', message: uri, account: parsed.data.did } };
  }
}
