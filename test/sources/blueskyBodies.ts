/** Bodies in the shapes of Bluesky's lexicons, about people who do not exist. */

export const [ada, bob, eve] = ['did:plc:ada', 'did:web:bob.example', 'did:plc:eve'];
export const post = (key: string, did = ada) => `at://${did}/app.bsky.feed.post/${key}`;
export const repost = (key: string, did = bob) => `at://${did}/app.bsky.feed.repost/${key}`;
const reference = (uri: string) => ({ uri, cid: 'bafyrei' });

/** A record of a post. */
export const record = (more: Record<string, unknown> = {}) => ({
  $type: 'app.bsky.feed.post',
  text: 'gelato',
  createdAt: '2026-03-01T09:30:00.000Z',
  ...more,
});
export const reply = (parent: string, root = parent) => ({
  reply: { parent: reference(parent), root: reference(root) },
});
export const quote = (uri: string) => ({
  embed: { $type: 'app.bsky.embed.record', record: reference(uri) },
});
export const quoteWithPictures = (uri: string) => ({
  embed: {
    $type: 'app.bsky.embed.recordWithMedia',
    record: { $type: 'app.bsky.embed.record', record: reference(uri) },
    media: { $type: 'app.bsky.embed.images', images: [] },
  },
});
export const repostRecord = (subject: string, via?: string) => ({
  $type: 'app.bsky.feed.repost',
  subject: reference(subject),
  ...(via !== undefined && { via: reference(via) }),
  createdAt: '2026-03-01T10:00:00Z',
});

export const author = (did: string) => ({
  did,
  handle: 'handle.invalid',
  displayName: '<script>alert(1)</script>',
  labels: [],
  createdAt: '2023-01-01T00:00:00Z',
});
/** What the AppView shows of a post. */
export const view = (uri: string, more: Record<string, unknown> = {}) => ({
  $type: 'app.bsky.feed.defs#postView',
  uri,
  cid: 'bafyrei',
  author: author(uri.split('/')[2]!),
  record: record(),
  replyCount: 1,
  repostCount: 2,
  likeCount: 3,
  quoteCount: 4,
  bookmarkCount: 5,
  indexedAt: '2026-03-01T09:30:01.000Z',
  labels: [],
  ...more,
});
/** What a view shows of a post that it quotes. */
export const quotedView = (uri: string, more: Record<string, unknown> = {}) => {
  const { record: value, ...rest } = view(uri);
  return { ...rest, $type: 'app.bsky.embed.record#viewRecord', value, ...more };
};
export const shown = (quoted: unknown) => ({ $type: 'app.bsky.embed.record#view', record: quoted });

/** When events were passed on: 2026-03-01 09:30:01. */
export const time_us = 1_772_357_401_000_000;
/** An event about a record, in Jetstream's shape. */
export const commit = (
  operation: string,
  key: string,
  value?: unknown,
  collection = 'app.bsky.feed.post',
  did = ada,
) => ({
  did,
  time_us,
  kind: 'commit',
  commit: {
    rev: '3l',
    operation,
    collection,
    rkey: key,
    ...(value !== undefined && { record: value, cid: 'bafyrei' }),
  },
});
