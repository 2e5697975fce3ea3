import { z } from 'zod';
import type { CaptureContext } from '../contracts/collection.ts';
import { localMessageOf } from '../contracts/localMessage.ts';
import type { Findings } from './findings.ts';
import { htmlText } from './htmlText.ts';
import { asObject, countUnknown, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import { lookedUp, mapStates } from './mastodonAccounts.ts';
import { mapGone, mapMissing } from './mastodonGone.ts';
import type { Mapped, MappedRow, Mapper } from './source.ts';

const accountSchema = z.object({
  uri: z.string().nullish(),
  url: z.string().nullish(),
  acct: z.string().nullish(),
  followers_count: textOrNumber.nullish(),
  ...unusedFields(
    'id',
    'username',
    'display_name',
    'locked',
    'bot',
    'discoverable',
    'indexable',
    'group',
    'created_at',
  ),
  ...unusedFields(
    'note',
    'avatar',
    'avatar_static',
    'avatar_description',
    'header',
    'header_static',
    'moved',
  ),
  ...unusedFields(
    'header_description',
    'following_count',
    'statuses_count',
    'last_status_at',
    'hide_collections',
  ),
  ...unusedFields(
    'noindex',
    'suspended',
    'limited',
    'memorial',
    'emojis',
    'roles',
    'fields',
    'role',
    'source',
  ),
  ...unusedFields('mute_expires_at', 'show_media', 'show_media_replies', 'show_featured', 'feature_approval'),
});

const statusSchema = z.object({
  id: textOrNumber,
  uri: z.string(),
  created_at: z.string(),
  account: accountSchema,
  content: z.string().nullish(),
  in_reply_to_id: textOrNumber.nullish(),
  language: z.string().nullish(),
  favourites_count: textOrNumber.nullish(),
  reblogs_count: textOrNumber.nullish(),
  quotes_count: textOrNumber.nullish(),
  replies_count: textOrNumber.nullish(),
  reblog: unused,
  quote: z
    .looseObject({
      state: z.string().nullish(),
      quoted_status: unused,
      quoted_status_id: textOrNumber.nullish(),
    })
    .nullish(),
  ...unusedFields(
    'url',
    'visibility',
    'sensitive',
    'spoiler_text',
    'media_attachments',
    'application',
    'mentions',
  ),
  ...unusedFields('tags', 'emojis', 'in_reply_to_account_id', 'poll'),
  ...unusedFields(
    'card',
    'text',
    'edited_at',
    'favourited',
    'reblogged',
    'muted',
    'bookmarked',
    'pinned',
    'filtered',
  ),
  ...unusedFields('quote_approval', 'local_only', 'tagged_collections'),
});
type Status = z.infer<typeof statusSchema>;

/** Mastodon's statuses, lists of them, the bodies of `/context`, of searches and of `/reblogged_by`. */
export const mastodon: Mapper = {
  format: 'mastodon',
  *map(document, findings, context) {
    const accounts = lookedUp(document, context);
    if ((context?.status ?? 200) >= 400) yield* mapGone(findings, context!);
    else if (accounts !== undefined) yield* mapStates(accounts);
    else if (context?.query.kind === 'reposts') yield* mapReposters(document, findings, context);
    else {
      yield* mapBody(document, findings, context);
      if (context?.query.kind === 'refresh' && Array.isArray(document)) yield* mapMissing(document, context);
    }
  },
};

function* mapBody(
  document: unknown,
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<MappedRow> {
  const body = asObject(document);
  const lists =
    body === undefined || body.uri !== undefined
      ? []
      : ['ancestors', 'descendants', 'statuses'].map(name => body[name]).filter(list => Array.isArray(list));
  const statuses = Array.isArray(document) ? document : lists.length > 0 ? lists.flat() : [document];
  for (const status of statuses) {
    if (asObject(status) === undefined) yield { fields: {}, refused: 'is not a status' };
    else if (context !== undefined && isAmongFew(status)) findings.count('not_public');
    else yield* mapStatus(status, findings);
  }
}

/** Whoever asks with a token is shown what is meant for its owner as well: that is not the campaign's to keep. */
function isAmongFew(status: unknown): boolean {
  const { visibility, reblog } = asObject(status) ?? {};
  return [visibility, asObject(reblog)?.visibility].some(one => one === 'private' || one === 'direct');
}

/** The status, then the one that it boosts or quotes. */
function* mapStatus(body: unknown, findings: Findings): Iterable<MappedRow> {
  const row = mapOne(body, findings);
  yield row;
  const { reblog, quote } = asObject(body) ?? {};
  const boosted = asObject(reblog);
  for (const inner of [boosted, quotedIn(boosted?.quote), quotedIn(quote)]) {
    if (inner !== undefined) yield { ...mapOne(inner, findings), isIncluded: true };
  }
}

function mapOne(body: unknown, findings: Findings): MappedRow {
  const parsed = statusSchema.safeParse(body);
  if (!parsed.success) {
    const uri = asObject(body)?.uri;
    const id = typeof uri === 'string' ? uri : null;
    return { fields: { platform: 'mastodon', message_id: id }, refused: `status: ${misfit(parsed.error)}` };
  }
  const status = parsed.data;
  const unmapped = countUnknown(statusSchema, body, '', findings);
  const edges = edgesOf(status);
  return {
    unmapped,
    local: localIds(status),
    fields: {
      platform: 'mastodon',
      message_id: status.uri,
      author_id: status.account.uri ?? status.account.url ?? null,
      created_at: status.created_at,
      ...edges,
      text: htmlText(status.content ?? ''),
      language: status.language ?? null,
      followers: status.account.followers_count ?? null,
      likes: status.favourites_count ?? null,
      ...(edges.kind !== 'reshare' && {
        reshares: status.reblogs_count ?? null,
        quotes: status.quotes_count ?? null,
        replies: status.replies_count ?? null,
      }),
    },
  };
}

/** A boost names the first status only; what is answered is named by an id of the server that was asked (`local`). */
function edgesOf(status: Status): MappedRow['fields'] {
  const boosted = uriOf(status.reblog);
  if (boosted !== null) return { kind: 'reshare', root_id: boosted };
  const quoted = uriOf(quotedIn(status.quote));
  if (quoted !== null) return { kind: 'quote', parent_id: quoted };
  return { kind: status.in_reply_to_id == null ? 'post' : 'reply' };
}

/** Who boosted the message that was asked about. */
function* mapReposters(document: unknown, findings: Findings, { query }: CaptureContext): Iterable<Mapped> {
  const message = localMessageOf(query.subjects[0] ?? '').uri;
  for (const body of Array.isArray(document) ? document : [document]) {
    const parsed = accountSchema.safeParse(body);
    const account = parsed.success ? (parsed.data.uri ?? parsed.data.url) : undefined;
    if (account == null) {
      const reason = parsed.success ? 'has neither uri nor url' : misfit(parsed.error);
      yield { fields: { platform: 'mastodon' }, refused: `account: ${reason}` };
      continue;
    }
    countUnknown(accountSchema, body, 'account', findings);
    yield { reposter: { platform: 'mastodon', message, account } };
  }
}

function localIds(status: Status): MappedRow['local'] {
  // A server writes its own accounts without its name.
  const isHome = status.account.acct != null && !status.account.acct.includes('@');
  const host = URL.parse(status.uri)?.host ?? null;
  return { id: status.id, parent: status.in_reply_to_id ?? null, host: isHome ? host : null };
}

function quotedIn(quote: unknown): Record<string, unknown> | undefined {
  return asObject(asObject(quote)?.quoted_status);
}

function uriOf(value: unknown): string | null {
  const uri = asObject(value)?.uri;
  return typeof uri === 'string' ? uri : null;
}
