import { describe, expect, it } from 'vitest';
import { youtube } from '../../sources/youtube.ts';
import { fieldsOf, mapBody } from './mapping.ts';
import { pick, readBytes } from './reading.ts';

const comment = (id: string, more: Record<string, unknown> = {}) => ({
  kind: 'youtube#comment',
  etag: 'e',
  id,
  snippet: {
    authorDisplayName: '@ada<script>',
    authorChannelId: { value: 'UCada' },
    videoId: 'vid-1',
    textDisplay: 'one &amp; <b>two</b><br>three',
    textOriginal: 'one & two\nthree',
    likeCount: 3,
    publishedAt: '2026-03-01T09:30:00Z',
    updatedAt: '2026-03-01T09:30:00Z',
    ...more,
  },
});
const thread = (top: unknown, replies?: unknown[], more: Record<string, unknown> = {}) => ({
  kind: 'youtube#commentThread',
  etag: 'e',
  id: 'Ug1',
  snippet: {
    channelId: 'UCx',
    videoId: 'vid-1',
    topLevelComment: top,
    canReply: true,
    totalReplyCount: 7,
    isPublic: true,
    ...more,
  },
  ...(replies !== undefined && { replies: { comments: replies } }),
});
const video = (more: Record<string, unknown> = {}) => ({
  kind: 'youtube#video',
  etag: 'e',
  id: 'vid-1',
  snippet: {
    publishedAt: '2026-03-01T08:00:00Z',
    channelId: 'UCx',
    title: 'Gelato',
    description: 'by the harbour',
    thumbnails: {},
    defaultAudioLanguage: 'it-IT',
  },
  statistics: { viewCount: '16000000000', likeCount: '5', favoriteCount: '0', commentCount: '9' },
  ...more,
});
const page = (kind: string, items: unknown[]) => ({
  kind: `youtube#${kind}ListResponse`,
  etag: 'e',
  nextPageToken: 'n',
  pageInfo: { totalResults: 1, resultsPerPage: 1 },
  items,
});
const edges = ['message_id', 'author_id', 'kind', 'parent_id', 'root_id'] as const;

describe('YouTube', () => {
  it('is videos, comments on them, and replies to these', async () => {
    const bodies = [
      page('video', [video()]),
      page('commentThread', [
        thread(comment('Ug1'), [comment('Ug1.2', { parentId: 'Ug1', videoId: undefined })]),
      ]),
      page('comment', [comment('Ug1.3', { parentId: 'Ug1', videoId: undefined, textOriginal: undefined })]),
    ];
    const { rows, refusals, findings } = await readBytes(
      'youtube',
      'y.json',
      JSON.stringify(bodies, null, 1),
    );
    expect(pick(rows, ...edges, 'likes', 'views')).toEqual([
      ['youtube:vid-1', 'youtube:UCx', 'post', null, null, 5, 16_000_000_000],
      ['youtube:Ug1', 'youtube:UCada', 'comment', 'youtube:vid-1', 'youtube:vid-1', 3, null],
      ['youtube:Ug1.2', 'youtube:UCada', 'reply', 'youtube:Ug1', 'youtube:vid-1', 3, null],
      ['youtube:Ug1.3', 'youtube:UCada', 'reply', 'youtube:Ug1', null, 3, null],
    ]);
    expect(pick(rows, 'text', 'language')).toEqual([
      ['Gelato\n\nby the harbour', 'it'],
      ['one & two\nthree', null],
      ['one & two\nthree', null],
      ['one & two\nthree', null],
    ]);
    expect([refusals, findings]).toEqual([[], {}]);
  });

  it('counts the answers of videos and threads', () => {
    const { rows } = mapBody(youtube, [video(), thread(comment('Ug1'))]);
    expect(fieldsOf(rows, 'replies', 'likes')).toEqual([
      ['9', '5'],
      ['7', '3'],
    ]);
    expect(fieldsOf(mapBody(youtube, video({ statistics: undefined })).rows, 'views', 'likes')).toEqual([
      [null, null],
    ]);
  });

  it('is refused where something is missing, and unknown fields are counted', async () => {
    const bodies = [
      video({ novelty: 1 }),
      { ...video(), id: { videoId: 'vid-1' } },
      thread({ id: 'Ug2' }),
      thread(comment('Ug3', { authorChannelId: undefined }), undefined, { novelty: 1 }),
      { ...thread(comment('Ug4')), replies: { comments: 5 } },
      page('video', [{}, 7]),
      {},
      { error: { code: 403, message: 'quotaExceeded' } },
    ];
    const { rows, refusals, findings } = await readBytes(
      'youtube',
      'y.ndjson',
      bodies.map(body => `${JSON.stringify(body)}\n`).join(''),
    );
    expect(pick(rows, 'message_id', 'unmapped_fields')).toEqual([['youtube:vid-1', 1]]);
    expect(findings).toEqual({
      page_errors: 1,
      'unmapped:thread.snippet.novelty': 1,
      'unmapped:video.novelty': 1,
    });
    expect(pick(refusals, 'line', 'reason')).toEqual([
      [2, 'video: id: expected string, received object'],
      [3, 'comment: snippet: expected object, received undefined'],
      [4, 'author_id is missing'],
      [5, 'thread: replies.comments: expected array, received number'],
      [6, 'is neither a video nor a comment'],
      [6, 'is neither a video nor a comment'],
      [7, 'is neither a video nor a comment'],
    ]);
  });
});
