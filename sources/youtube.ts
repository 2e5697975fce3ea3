import { z } from 'zod';
import type { Findings } from './findings.ts';
import { htmlText } from './htmlText.ts';
import { asObject, countUnknown, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import type { MappedRow, Mapper } from './source.ts';

const commentSchema = z.object({
  id: z.string().min(1),
  snippet: z.object({
    authorChannelId: z.object({ value: z.string() }).nullish(),
    videoId: z.string().nullish(),
    parentId: z.string().nullish(),
    textOriginal: z.string().nullish(),
    textDisplay: z.string().nullish(),
    likeCount: textOrNumber.nullish(),
    publishedAt: z.string(),
    ...unusedFields('authorChannelUrl', 'authorDisplayName', 'authorProfileImageUrl', 'canRate', 'channelId'),
    ...unusedFields('moderationStatus', 'updatedAt', 'viewerRating'),
  }),
  ...unusedFields('etag', 'kind'),
});

const threadSchema = z.object({
  snippet: z.object({
    topLevelComment: unused,
    videoId: z.string().nullish(),
    totalReplyCount: textOrNumber.nullish(),
    ...unusedFields('canReply', 'channelId', 'isPublic'),
  }),
  replies: z.object({ comments: z.array(z.unknown()) }).nullish(),
  ...unusedFields('etag', 'id', 'kind'),
});

const videoSchema = z.object({
  id: z.string().min(1),
  snippet: z.object({
    publishedAt: z.string(),
    channelId: z.string(),
    title: z.string().nullish(),
    description: z.string().nullish(),
    defaultAudioLanguage: z.string().nullish(),
    defaultLanguage: z.string().nullish(),
    ...unusedFields('categoryId', 'channelTitle', 'liveBroadcastContent', 'localized', 'tags', 'thumbnails'),
  }),
  statistics: z
    .object({
      viewCount: textOrNumber.nullish(),
      likeCount: textOrNumber.nullish(),
      commentCount: textOrNumber.nullish(),
      ...unusedFields('dislikeCount', 'favoriteCount'),
    })
    .nullish(),
  ...unusedFields('ageGating', 'brandPartnerDetails', 'contentDetails', 'etag', 'fileDetails', 'kind'),
  ...unusedFields(
    'liveStreamingDetails',
    'localizations',
    'monetizationDetails',
    'paidProductPlacementDetails',
  ),
  ...unusedFields(
    'player',
    'processingDetails',
    'projectDetails',
    'recordingDetails',
    'status',
    'suggestions',
  ),
  ...unusedFields('topicDetails'),
});

const pageSchema = z.object(
  unusedFields(
    'etag',
    'eventId',
    'items',
    'kind',
    'nextPageToken',
    'pageInfo',
    'prevPageToken',
    'regionCode',
  ),
);

/** Pages of YouTube's Data API v3 (`commentThreads`, `comments`, `videos`), or their items. */
export const youtube: Mapper = {
  format: 'youtube',
  *map(document, findings) {
    const body = asObject(document);
    const items = Array.isArray(document) ? document : body?.items;
    if (Array.isArray(items)) {
      if (body !== undefined) countUnknown(pageSchema, body, '', findings);
      for (const item of items) yield* mapItem(item, findings);
    } else if (asObject(body?.error) !== undefined) findings.count('page_errors');
    else yield* mapItem(body, findings);
  },
};

function* mapItem(item: unknown, findings: Findings): Iterable<MappedRow> {
  const snippet = asObject(asObject(item)?.snippet) ?? {};
  if ('topLevelComment' in snippet) yield* mapThread(item, findings);
  else if (['textDisplay', 'textOriginal', 'authorDisplayName'].some(name => name in snippet))
    yield mapComment(item, {}, findings);
  else if ('title' in snippet) yield mapVideo(item, findings);
  else yield { fields: {}, refused: 'is neither a video nor a comment' };
}

/** What a thread tells of its comments. */
interface Thread {
  video?: string | null;
  replies?: string | null;
}

function* mapThread(item: unknown, findings: Findings): Iterable<MappedRow> {
  const parsed = threadSchema.safeParse(item);
  if (!parsed.success) {
    yield misfitting('thread', item, parsed.error);
    return;
  }
  countUnknown(threadSchema, item, 'thread', findings);
  const { topLevelComment, videoId: video, totalReplyCount: replies } = parsed.data.snippet;
  yield mapComment(topLevelComment, { video, replies }, findings);
  for (const reply of parsed.data.replies?.comments ?? []) yield mapComment(reply, { video }, findings);
}

function mapComment(body: unknown, thread: Thread, findings: Findings): MappedRow {
  const parsed = commentSchema.safeParse(body);
  if (!parsed.success) return misfitting('comment', body, parsed.error);
  const { id, snippet } = parsed.data;
  const video = snippet.videoId ?? thread.video ?? null;
  const edges =
    snippet.parentId == null
      ? { kind: 'comment', parent_id: video, root_id: video }
      : { kind: 'reply', parent_id: snippet.parentId, root_id: video };
  return {
    unmapped: countUnknown(commentSchema, body, 'comment', findings),
    fields: {
      platform: 'youtube',
      message_id: id,
      author_id: snippet.authorChannelId?.value ?? null,
      created_at: snippet.publishedAt,
      ...edges,
      text: snippet.textOriginal ?? htmlText(snippet.textDisplay ?? ''),
      likes: snippet.likeCount ?? null,
      replies: thread.replies ?? null,
    },
  };
}

function mapVideo(body: unknown, findings: Findings): MappedRow {
  const parsed = videoSchema.safeParse(body);
  if (!parsed.success) return misfitting('video', body, parsed.error);
  const { id, snippet, statistics } = parsed.data;
  return {
    unmapped: countUnknown(videoSchema, body, 'video', findings),
    fields: {
      platform: 'youtube',
      message_id: id,
      author_id: snippet.channelId,
      created_at: snippet.publishedAt,
      kind: 'post',
      text: [snippet.title, snippet.description].filter(part => part != null && part !== '').join('\n\n'),
      language: snippet.defaultAudioLanguage ?? snippet.defaultLanguage ?? null,
      likes: statistics?.likeCount ?? null,
      views: statistics?.viewCount ?? null,
      replies: statistics?.commentCount ?? null,
    },
  };
}

function misfitting(what: string, body: unknown, error: z.ZodError): MappedRow {
  const { id } = asObject(body) ?? {};
  const fields = { platform: 'youtube', message_id: typeof id === 'string' ? id : null };
  return { fields, refused: `${what}: ${misfit(error)}` };
}
