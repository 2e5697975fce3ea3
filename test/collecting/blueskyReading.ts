import type { AppBskyFeedDefs } from '@atproto/api';
import type { BlueskyNetwork } from './blueskyNetwork.ts';
import type { TrueMessage } from './worldTruth.ts';

type PostView = AppBskyFeedDefs.PostView;
interface Reference {
  uri: string;
}
interface PostRecord {
  createdAt: string;
  reply?: { parent: Reference; root: Reference };
  embed?: { record: Reference };
}
interface RepostRecord {
  createdAt: string;
  subject: Reference;
  via?: Reference;
}

/**
 * Reads a network by bare calls of Bluesky's own client, until nothing new turns up: posts that hold a term, feeds of
 * accounts, and of all that was found its thread, what it quotes, and, where it counts any, its quotes and reposts.
 *
 * @returns what was found, by id
 */
export async function readNetwork(
  network: BlueskyNetwork,
  { term, accounts }: { term: string; accounts: readonly string[] },
): Promise<TrueMessage[]> {
  const { feed } = network.reader().app.bsky;
  const reposts = await repostsOf(network);
  const found = new Map<string, TrueMessage>();
  /** Posts whose thread was read from above them. */
  const read = new Set<string>();
  const quoted = new Set<string>();
  let waiting: PostView[] = [];
  const take = (view: PostView) => {
    if (found.has(view.uri)) return;
    const message = messageOfPost(view);
    found.set(view.uri, message);
    if (message.kind === 'quote') quoted.add(message.parent!);
    waiting.push(view);
  };
  const readThread = async (uri: string) => {
    const { data } = await feed.getPostThread({ uri, depth: 1000, parentHeight: 1000 });
    const { above, below } = postsIn(data.thread);
    for (const view of [...above, ...below]) take(view);
    for (const view of below) read.add(view.uri);
  };

  for await (const { posts } of pages(cursor => feed.searchPosts({ q: term, limit: 100, cursor })))
    posts.forEach(take);
  for (const actor of accounts) {
    const own = pages(cursor =>
      feed.getAuthorFeed({ actor, filter: 'posts_with_replies', limit: 100, cursor }),
    );
    for await (const page of own) for (const { post } of page.feed) take(post);
  }
  while (waiting.length > 0) {
    const turn = waiting;
    waiting = [];
    // What began a thread shows all of it at once.
    for (const view of turn.toSorted((one, other) => Number(isAnswer(one)) - Number(isAnswer(other)))) {
      const { uri, quoteCount = 0, repostCount = 0 } = view;
      if (!read.has(uri)) await readThread(uri);
      const quotes = pages(cursor => feed.getQuotes({ uri, limit: 100, cursor }));
      if (quoteCount > 0) for await (const { posts } of quotes) posts.forEach(take);
      const reposters = pages(cursor => feed.getRepostedBy({ uri, limit: 100, cursor }));
      if (repostCount > 0) {
        for await (const { repostedBy } of reposters) {
          for (const repost of repostedBy.map(({ did }) => reposts.get(`${did} ${uri}`)!))
            found.set(repost.id, repost);
        }
      }
    }
    const uris = [...quoted].filter(uri => !found.has(uri));
    quoted.clear();
    for (let at = 0; at < uris.length; at += 25) {
      const { data } = await feed.getPosts({ uris: uris.slice(at, at + 25) });
      data.posts.forEach(take);
    }
  }
  return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function isAnswer({ record }: PostView): boolean {
  return (record as unknown as PostRecord).reply !== undefined;
}

/** All reposts of the network's accounts, by who passed on what. */
async function repostsOf(network: BlueskyNetwork): Promise<Map<string, TrueMessage>> {
  const { repo, sync } = network.keeper().com.atproto;
  const found = new Map<string, TrueMessage>();
  for await (const { repos } of pages(cursor => sync.listRepos({ limit: 1000, cursor }))) {
    for (const { did, active } of repos) {
      if (active === false) continue;
      const collection = 'app.bsky.feed.repost';
      for await (const { records } of pages(cursor =>
        repo.listRecords({ repo: did, collection, limit: 100, cursor }),
      )) {
        for (const { uri, value } of records) {
          const { createdAt, subject, via } = value as unknown as RepostRecord;
          const edges = { parent: null, root: subject.uri, reply_to: null, via: via?.uri ?? null };
          found.set(`${did} ${subject.uri}`, {
            id: uri,
            author: did,
            kind: 'reshare',
            created_at: createdAt,
            ...edges,
          });
        }
      }
    }
  }
  return found;
}

function messageOfPost({ uri, author, record }: PostView): TrueMessage {
  const { createdAt, reply, embed } = record as unknown as PostRecord;
  const own = {
    id: uri,
    author: author.did,
    created_at: createdAt,
    parent: null,
    root: null,
    reply_to: null,
    via: null,
  };
  if (embed !== undefined)
    return { ...own, kind: 'quote', parent: embed.record.uri, reply_to: reply?.parent.uri ?? null };
  if (reply !== undefined) return { ...own, kind: 'reply', parent: reply.parent.uri, root: reply.root.uri };
  return { ...own, kind: 'post' };
}

/** The posts of a thread that are there: what the asked one answers, and itself with all below it. */
function postsIn(thread: unknown): { above: PostView[]; below: PostView[] } {
  type Node = Partial<AppBskyFeedDefs.ThreadViewPost>;
  const above: PostView[] = [];
  const below: PostView[] = [];
  for (
    let node = (thread as Node).parent as Node | undefined;
    node?.post !== undefined;
    node = node.parent as Node
  ) {
    above.push(node.post);
  }
  const waiting = [thread as Node];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.post === undefined) continue;
    below.push(node.post);
    waiting.push(...((node.replies ?? []) as Node[]));
  }
  return { above, below };
}

async function* pages<Data extends { cursor?: string }>(
  ask: (cursor: string | undefined) => Promise<{ data: Data }>,
): AsyncGenerator<Data> {
  let cursor: string | undefined;
  do {
    const { data } = await ask(cursor);
    yield data;
    cursor = data.cursor;
  } while (cursor !== undefined);
}
