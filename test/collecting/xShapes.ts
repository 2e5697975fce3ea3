import type { WorldPost, XWorld } from './xWorld.ts';

/** A post as X API v2 gives it: the fields that were asked for, besides `id`, `text` and `edit_history_tweet_ids`. */
export function postBody(world: XWorld, post: WorldPost, asked: URLSearchParams) {
  const { id, text, author, at, conversation, references } = post;
  const referring = (type: string) =>
    [...world.posts.values()].filter(other => other.references.some(to => to.type === type && to.id === id))
      .length;
  const fields: Record<string, () => unknown> = {
    author_id: () => author,
    created_at: () => new Date(at).toISOString(),
    conversation_id: () => conversation,
    lang: () => 'en',
    public_metrics: () => ({
      retweet_count: referring('retweeted'),
      reply_count: referring('replied_to'),
      like_count: Number(BigInt(id) % 97n),
      quote_count: referring('quoted'),
      bookmark_count: 0,
      impression_count: Number(BigInt(id) % 4096n),
    }),
    referenced_tweets: () => (references.length > 0 ? references : undefined),
    entities: () => {
      const tags = [...text.matchAll(/#(\w+)/g)].map(tag => ({
        start: tag.index,
        end: tag.index + tag[0].length,
        tag: tag[1],
      }));
      return tags.length > 0 ? { hashtags: tags } : undefined;
    },
  };
  const wanted = asked.get('tweet.fields')?.split(',') ?? [];
  return { id, text, edit_history_tweet_ids: [id], ...only(fields, wanted) };
}

export function userBody(world: XWorld, id: string, asked: URLSearchParams) {
  const fields = {
    public_metrics: () => ({
      followers_count: world.users.get(id) ?? 0,
      following_count: 1,
      tweet_count: 1,
      listed_count: 0,
      like_count: 0,
    }),
  };
  return {
    id,
    name: `N${id}`,
    username: `u${id}`,
    ...only(fields, asked.get('user.fields')?.split(',') ?? []),
  };
}

function only(fields: Record<string, () => unknown>, wanted: readonly string[]): Record<string, unknown> {
  const given = wanted.map(name => [name, fields[name]?.()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
