import { z } from 'zod';
import type { CaptureContext } from '../contracts/collection.ts';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, listOf, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import type { Mapped, MappedRow, Mapper } from './source.ts';
import { countsOf, mapErrors, noticeOf } from './xApiV2Notices.ts';
import { languageOf } from './xLanguage.ts';
import { withFullLinks } from './xLinks.ts';

const userSchema = z.object({
  id: textOrNumber,
  public_metrics: z
    .object({
      followers_count: textOrNumber.nullish(),
      ...unusedFields('following_count', 'tweet_count', 'listed_count', 'like_count', 'media_count'),
    })
    .nullish(),
  ...unusedFields(
    'affiliation',
    'confirmed_email',
    'connection_status',
    'created_at',
    'description',
    'entities',
  ),
  ...unusedFields(
    'is_identity_verified',
    'location',
    'most_recent_tweet_id',
    'name',
    'parody',
    'pinned_tweet_id',
  ),
  ...unusedFields('profile_banner_url', 'profile_image_url', 'protected', 'receives_your_dm', 'subscription'),
  ...unusedFields(
    'subscription_type',
    'url',
    'username',
    'verified',
    'verified_followers_count',
    'verified_type',
  ),
  ...unusedFields('withheld', 'pinned_tweet'),
});

const postSchema = z.object({
  id: textOrNumber,
  author_id: textOrNumber.nullish(),
  created_at: z.string().nullish(),
  conversation_id: textOrNumber.nullish(),
  text: z.string().nullish(),
  note_tweet: z.object({ text: z.string().nullish(), entities: unused }).nullish(),
  lang: z.string().nullish(),
  public_metrics: z
    .object({
      like_count: textOrNumber.nullish(),
      impression_count: textOrNumber.nullish(),
      retweet_count: textOrNumber.nullish(),
      quote_count: textOrNumber.nullish(),
      reply_count: textOrNumber.nullish(),
      bookmark_count: unused,
    })
    .nullish(),
  referenced_tweets: listOf(z.looseObject({ type: z.string(), id: textOrNumber })).nullish(),
  /** twarc writes the author into the post. */
  author: userSchema.nullish(),
  __twarc: z.object({ retrieved_at: z.string().nullish(), ...unusedFields('url', 'version') }).nullish(),
  ...unusedFields(
    'article',
    'attachments',
    'card_uri',
    'community_id',
    'context_annotations',
    'display_text_range',
  ),
  ...unusedFields('edit_controls', 'edit_history_tweet_ids', 'entities', 'geo', 'in_reply_to_user_id'),
  ...unusedFields(
    'in_reply_to_user',
    'matching_rules',
    'media_metadata',
    'non_public_metrics',
    'organic_metrics',
  ),
  ...unusedFields('possibly_sensitive', 'promoted_metrics', 'reply_settings', 'scopes', 'source'),
  ...unusedFields('suggested_source_links', 'suggested_source_links_with_counts', 'username', 'withheld'),
});
type Post = z.infer<typeof postSchema>;

const includesSchema = z.object({
  users: listOf(z.unknown()).nullish(),
  tweets: listOf(z.unknown()).nullish(),
  ...unusedFields('media', 'places', 'polls', 'topics'),
});

const pageSchema = z.object({
  data: unused,
  includes: includesSchema.nullish(),
  __twarc: postSchema.shape.__twarc,
  ...unusedFields('meta', 'errors', 'matching_rules', 'title', 'detail', 'type', 'status'),
});

/** Posts and response pages of X's API v2, its counts and reposters, and what its compliance streams and jobs say. */
export const xApiV2: Mapper = {
  format: 'x-api-v2',
  *map(document, findings, context) {
    for (const value of Array.isArray(document) ? document : [document]) {
      const body = asObject(value);
      const notices = body === undefined ? undefined : noticeOf(body, findings);
      if (body === undefined) yield { fields: {}, refused: 'is neither a post nor a page of posts' };
      else if (notices !== undefined) yield* notices;
      else if (isPage(body)) yield* mapPage(body, findings, context);
      else yield mapPost(body, {}, findings);
    }
  },
};

function isPage(body: Record<string, unknown>): boolean {
  return ['data', 'includes', 'meta', 'errors'].some(name => Object.hasOwn(body, name)) && !('text' in body);
}

function* mapPage(
  body: Record<string, unknown>,
  findings: Findings,
  asked: CaptureContext | undefined,
): Iterable<Mapped> {
  const parsed = pageSchema.safeParse(body);
  if (!parsed.success) {
    yield { fields: {}, refused: `page: ${misfit(parsed.error)}` };
    return;
  }
  const { data, includes, __twarc } = parsed.data;
  countUnknown(pageSchema, body, '', findings);
  if (Array.isArray(body.errors)) yield* mapErrors(body.errors, findings, asked);
  const counts = countsOf(data, findings);
  if (counts !== undefined) {
    yield* counts;
    return;
  }
  const context = {
    users: usersOf(includes?.users ?? [], findings),
    captured: __twarc?.retrieved_at ?? null,
  };
  const posts = Array.isArray(data) ? data : data === undefined || data === null ? [] : [data];
  if (!Array.isArray(data) && posts.length === 1 && Object.keys(asObject(data) ?? {}).length === 0) {
    findings.count('empty_object_lists');
    posts.pop();
  }
  const message = asked?.query.kind === 'reposts' ? asked.query.subjects[0] : undefined;
  for (const post of posts)
    yield message === undefined ? mapPost(post, context, findings) : reposterOf(post, message, findings);
  for (const post of includes?.tweets ?? []) yield { ...mapPost(post, context, findings), isIncluded: true };
}

interface Context {
  /** Followers by user id. */
  users?: Map<string, string | null>;
  captured?: string | null;
}

function usersOf(users: unknown[], findings: Findings): Map<string, string | null> {
  const followers = new Map<string, string | null>();
  for (const body of users) {
    const parsed = userSchema.safeParse(body);
    if (!parsed.success) {
      findings.count('users_not_understood');
      continue;
    }
    countUnknown(userSchema, body, 'includes.users', findings);
    followers.set(parsed.data.id, parsed.data.public_metrics?.followers_count ?? null);
  }
  return followers;
}

function mapPost(body: unknown, context: Context, findings: Findings): MappedRow {
  const parsed = postSchema.safeParse(body);
  if (!parsed.success) {
    const known = asObject(body);
    const id = typeof known?.id === 'string' ? known.id : null;
    return { fields: { platform: 'x', message_id: id }, refused: `post: ${misfit(parsed.error)}` };
  }
  if (isUser(body)) return { fields: { platform: 'x' }, refused: 'is a user where a post is due' };
  const post = parsed.data;
  const unmapped = countUnknown(postSchema, body, '', findings);
  const edges = referencesOf(post, findings);
  return {
    unmapped,
    fields: {
      platform: 'x',
      message_id: post.id,
      author_id: post.author_id ?? post.author?.id ?? null,
      created_at: post.created_at ?? null,
      ...edges,
      text:
        withFullLinks(post.note_tweet?.text ?? null, post.note_tweet?.entities) ??
        withFullLinks(post.text ?? null, post.entities),
      language: languageOf(post.lang),
      followers:
        post.author?.public_metrics?.followers_count ?? context.users?.get(post.author_id ?? '') ?? null,
      captured_at: post.__twarc?.retrieved_at ?? context.captured ?? null,
      likes: post.public_metrics?.like_count ?? null,
      views: post.public_metrics?.impression_count ?? null,
      ...(edges.kind === 'reshare' ? {} : countsOfPost(post)),
    },
  };
}

/** A repost shows the counts of what it passes on. */
function countsOfPost({ public_metrics: counts }: Post): MappedRow['fields'] {
  return {
    reshares: counts?.retweet_count ?? null,
    quotes: counts?.quote_count ?? null,
    replies: counts?.reply_count ?? null,
  };
}

/** A repost names only the first post of its chain; a post that quotes in a reply has two references. */
function referencesOf(post: Post, findings: Findings): MappedRow['fields'] {
  const references = post.referenced_tweets ?? [];
  const idOf = (type: string) => references.find(reference => reference.type === type)?.id ?? null;
  for (const { type } of references) {
    if (!['retweeted', 'quoted', 'replied_to'].includes(type)) findings.count('unknown_references');
  }
  const [reposted, quoted, answered] = [idOf('retweeted'), idOf('quoted'), idOf('replied_to')];
  if (reposted !== null) return { kind: 'reshare', root_id: reposted };
  if (quoted !== null) return { kind: 'quote', parent_id: quoted, reply_to_id: answered };
  if (answered !== null) return { kind: 'reply', parent_id: answered, root_id: post.conversation_id ?? null };
  return { kind: 'post' };
}

/** Who passed a message on, by themselves: X says neither when nor by which post. */
function reposterOf(body: unknown, message: string, findings: Findings): Mapped {
  const parsed = userSchema.safeParse(body);
  if (!parsed.success) return { fields: { platform: 'x' }, refused: `user: ${misfit(parsed.error)}` };
  countUnknown(userSchema, body, 'user', findings);
  return { reposter: { platform: 'x', message, account: parsed.data.id } };
}

function isUser(body: unknown): boolean {
  return asObject(body)?.username !== undefined && asObject(body)?.text === undefined;
}
