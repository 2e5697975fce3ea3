import { z } from 'zod';
import { placeOf, posts, recordRow } from './blueskyRecords.ts';
import { writtenAt } from './blueskyTime.ts';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import type { Mapped, MappedRow } from './source.ts';

/** app.bsky.actor.defs: profileViewBasic, profileView and profileViewDetailed, which alone counts followers. */
export const profileSchema = z.object({
  did: z.string(),
  followersCount: textOrNumber.nullish(),
  ...unusedFields('$type', 'associated', 'avatar', 'banner', 'createdAt', 'debug', 'description'),
  ...unusedFields('displayName', 'followsCount', 'handle', 'indexedAt', 'joinedViaStarterPack', 'labels'),
  ...unusedFields('pinnedPost', 'postsCount', 'pronouns', 'status', 'verification', 'viewer', 'website'),
});

/** app.bsky.feed.defs#postView, and app.bsky.embed.record#viewRecord, which names two fields otherwise. */
const viewSchema = z.object({
  uri: z.string(),
  author: profileSchema,
  record: unused,
  value: unused,
  indexedAt: z.string().nullish(),
  likeCount: textOrNumber.nullish(),
  repostCount: textOrNumber.nullish(),
  quoteCount: textOrNumber.nullish(),
  replyCount: textOrNumber.nullish(),
  ...unusedFields(
    '$type',
    'bookmarkCount',
    'cid',
    'debug',
    'embed',
    'embeds',
    'labels',
    'threadgate',
    'viewer',
  ),
});

const feedItemSchema = z.object({
  post: unused,
  reply: z.object({ ...unusedFields('$type', 'root', 'parent', 'grandparentAuthor') }).nullish(),
  reason: z.object({ ...unusedFields('$type', 'by', 'cid', 'indexedAt', 'uri') }).nullish(),
  ...unusedFields('$type', 'feedContext', 'reqId'),
});

const branchSchema = z.object(
  unusedFields('$type', 'blocked', 'notFound', 'author', 'uri', 'parent', 'post', 'replies', 'threadContext'),
);

const repostSchema = z.object({
  by: profileSchema,
  uri: z.string().nullish(),
  indexedAt: z.string(),
});

/** Understands what the AppView shows, one page at a time: what comes along with several posts is told once. */
export class BlueskyViews {
  readonly #findings: Findings;
  readonly #captured: string | null;
  readonly #along = new Set<string>();

  /** @param captured when the page came, ISO */
  constructor(findings: Findings, captured: string | null) {
    this.#findings = findings;
    this.#captured = captured;
  }

  /** A post, then those that it quotes. */
  *post(view: unknown, isIncluded = false): Iterable<MappedRow> {
    if (isIncluded && !this.#isNews(view)) return;
    yield { ...this.#row(view), ...(isIncluded && { isIncluded }) };
    const pending = quotesIn(view);
    for (const quoted of pending) {
      if (!this.#isNews(quoted)) continue;
      yield { ...this.#row(quoted), isIncluded: true };
      pending.push(...quotesIn(quoted));
    }
  }

  /** An entry of an account's feed: a post of its own, or a repost with the post that it passes on. */
  *feedItem(item: unknown): Iterable<Mapped> {
    const unmapped = countUnknown(feedItemSchema, item, 'feed', this.#findings);
    const { post, reply, reason } = asObject(item) ?? {};
    const repost = this.#repost(reason, asObject(post)?.uri);
    if (repost !== undefined) yield 'fields' in repost ? { unmapped, ...repost } : repost;
    yield* this.post(post, repost !== undefined);
    for (const name of ['parent', 'root']) {
      const answered = asObject(asObject(reply)?.[name]);
      if (answered !== undefined && !this.#isMissing(answered)) yield* this.post(answered, true);
    }
  }

  /** All posts of a thread, whatever its depth. */
  *thread(thread: unknown): Iterable<MappedRow> {
    const pending = [thread];
    while (pending.length > 0) {
      const branch = asObject(pending.pop());
      if (branch === undefined) yield { fields: {}, refused: 'thread: expected a post' };
      else if (!this.#isMissing(branch)) {
        countUnknown(branchSchema, branch, 'thread', this.#findings);
        yield* this.post(branch.post);
        const { parent, replies } = branch;
        if (Array.isArray(replies)) for (const reply of replies.toReversed()) pending.push(reply);
        if (parent != null) pending.push(parent);
      }
    }
  }

  #row(view: unknown): MappedRow {
    const parsed = viewSchema.safeParse(view);
    if (!parsed.success) {
      const { uri } = asObject(view) ?? {};
      const fields = { platform: 'bluesky', message_id: typeof uri === 'string' ? uri : null };
      return { fields, refused: `post: ${misfit(parsed.error)}` };
    }
    const { uri, author, record, value, indexedAt, ...counts } = parsed.data;
    const unmapped = countUnknown(viewSchema, view, '', this.#findings);
    const row = recordRow(uri, record ?? value, indexedAt ?? this.#captured, this.#findings);
    if (row === undefined) return { fields: { platform: 'bluesky', message_id: uri }, refused: 'is no post' };
    if (row.refused !== undefined) return row;
    return {
      unmapped,
      fields: {
        ...row.fields,
        author_id: author.did,
        followers: author.followersCount ?? null,
        captured_at: this.#captured,
        likes: counts.likeCount ?? null,
        reshares: counts.repostCount ?? null,
        quotes: counts.quoteCount ?? null,
        replies: counts.replyCount ?? null,
      },
    };
  }

  /** A repost whose id is not told is no message yet: its record has to be asked for. */
  #repost(reason: unknown, subject: unknown): Mapped | undefined {
    const { $type, by } = asObject(reason) ?? {};
    if (by === undefined) {
      if ($type !== undefined && $type !== 'app.bsky.feed.defs#reasonPin')
        this.#findings.count('unknown_reasons');
      return undefined;
    }
    const parsed = repostSchema.safeParse(reason);
    if (!parsed.success)
      return { fields: { platform: 'bluesky' }, refused: `repost: ${misfit(parsed.error)}` };
    const { uri, indexedAt } = parsed.data;
    const did = parsed.data.by.did;
    const message = typeof subject === 'string' ? subject : null;
    if (uri == null && message !== null) return { reposter: { platform: 'bluesky', message, account: did } };
    return {
      fields: {
        platform: 'bluesky',
        message_id: uri ?? null,
        author_id: did,
        created_at: writtenAt(indexedAt, this.#captured, this.#findings),
        kind: 'reshare',
        root_id: message,
        captured_at: this.#captured,
      },
    };
  }

  #isMissing({ notFound, blocked }: Record<string, unknown>): boolean {
    if (notFound === true) this.#findings.count('not_found_posts');
    else if (blocked === true) this.#findings.count('blocked_posts');
    return notFound === true || blocked === true;
  }

  #isNews(view: unknown): boolean {
    const { uri } = asObject(view) ?? {};
    if (typeof uri !== 'string') return true;
    const isNews = !this.#along.has(uri);
    this.#along.add(uri);
    return isNews;
  }
}

/** The posts that a view shows inside it: quotes, alone or beside pictures. */
function quotesIn(view: unknown): unknown[] {
  const { embed, embeds } = asObject(view) ?? {};
  return [embed, ...(Array.isArray(embeds) ? embeds : [])].flatMap(shown => {
    const record = asObject(asObject(shown)?.record);
    const quoted = record?.uri === undefined ? asObject(record?.record) : record;
    const isPost = quoted?.value !== undefined && placeOf(quoted.uri)?.collection === posts;
    return isPost ? [quoted] : [];
  });
}
