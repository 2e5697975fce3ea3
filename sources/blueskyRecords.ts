import { z } from 'zod';
import { withFacetLinks } from './blueskyText.ts';
import { writtenAt } from './blueskyTime.ts';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit, unused, unusedFields } from './knownFields.ts';
import type { MappedRow } from './source.ts';

export const posts = 'app.bsky.feed.post';
export const reposts = 'app.bsky.feed.repost';
export const likes = 'app.bsky.feed.like';

const reference = z.object({ uri: z.string(), ...unusedFields('$type', 'cid') });

const postSchema = z.object({
  text: z.string().nullish(),
  createdAt: unused,
  reply: z.object({ root: reference.nullish(), parent: reference, $type: unused }).nullish(),
  ...unusedFields('$type', 'embed', 'entities', 'facets', 'labels', 'langs', 'tags'),
});

const repostSchema = z.object({
  subject: reference,
  via: reference.nullish(),
  createdAt: unused,
  $type: unused,
});

/** Where a record stands: whose it is, and of which sort. */
export interface Place {
  did: string;
  collection: string;
}

/** The parts of an at-URI of a record under a DID; undefined for anything else. */
export function placeOf(uri: unknown): Place | undefined {
  const [, did, collection] =
    /^at:\/\/(did:[a-z]+:[^\s/]+)\/([A-Za-z0-9.-]+)\/[^\s/]+$/.exec(typeof uri === 'string' ? uri : '') ?? [];
  return did === undefined ? undefined : { did, collection: collection! };
}

/**
 * The message that a record is; undefined, and counted, for likes and what else people keep. Whoever keeps records may
 * add fields of their own: these are counted, but never as a sign that the network's shapes have changed.
 *
 * @param seen when a server saw the record at the latest
 */
export function recordRow(
  uri: string,
  record: unknown,
  seen: string | null | undefined,
  findings: Findings,
): MappedRow | undefined {
  const place = placeOf(uri);
  if (place === undefined) return refused(uri, 'uri: expected an at-URI of a DID');
  const { $type } = asObject(record) ?? {};
  const kind = typeof $type === 'string' ? $type : place.collection;
  if (kind !== place.collection) return refused(uri, 'record: is of another type than its place');
  if (kind === likes) findings.count('likes_not_staged');
  else if (kind !== posts && kind !== reposts) findings.count('other_records');
  if (kind !== posts && kind !== reposts) return undefined;
  const fields = kind === posts ? postFields(record, findings) : repostFields(record, findings);
  if (typeof fields === 'string') return refused(uri, fields);
  const created_at = writtenAt(asObject(record)?.createdAt, seen, findings);
  return { fields: { platform: 'bluesky', message_id: uri, author_id: place.did, created_at, ...fields } };
}

/** @returns why not, where the record is no post */
function postFields(record: unknown, findings: Findings): MappedRow['fields'] | string {
  const parsed = postSchema.safeParse(record);
  if (!parsed.success) return `post: ${misfit(parsed.error)}`;
  countUnknown(postSchema, record, 'record', findings);
  const { text, reply, facets, langs, embed } = parsed.data;
  const language = Array.isArray(langs) ? langs.find(code => typeof code === 'string') : undefined;
  return {
    ...edgesOf(reply, quotedBy(embed)),
    text: text == null ? null : withFacetLinks(text, facets),
    language: language ?? null,
  };
}

/** A post may answer one and quote another at once. */
function edgesOf(
  reply: z.infer<typeof postSchema>['reply'],
  quoted: string | undefined,
): MappedRow['fields'] {
  const answered = reply?.parent.uri ?? null;
  if (quoted !== undefined) return { kind: 'quote', parent_id: quoted, reply_to_id: answered };
  if (answered !== null) return { kind: 'reply', parent_id: answered, root_id: reply?.root?.uri ?? null };
  return { kind: 'post' };
}

/** The post that an embed holds, alone or beside pictures; lists and feeds are embedded alike, and are no messages. */
function quotedBy(embed: unknown): string | undefined {
  const { record } = asObject(embed) ?? {};
  const inner = asObject(record);
  const uri = inner?.uri ?? asObject(inner?.record)?.uri;
  return typeof uri === 'string' && placeOf(uri)?.collection === posts ? uri : undefined;
}

function repostFields(record: unknown, findings: Findings): MappedRow['fields'] | string {
  const parsed = repostSchema.safeParse(record);
  if (!parsed.success) return `repost: ${misfit(parsed.error)}`;
  countUnknown(repostSchema, record, 'record', findings);
  const { subject, via } = parsed.data;
  return { kind: 'reshare', root_id: subject.uri, via_id: via?.uri ?? null };
}

function refused(uri: string, reason: string): MappedRow {
  return { fields: { platform: 'bluesky', message_id: uri }, refused: reason };
}
