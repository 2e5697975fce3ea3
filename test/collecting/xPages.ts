import { matches } from './xMatching.ts';
import { postBody, userBody } from './xShapes.ts';
import type { WorldPost, XWorld } from './xWorld.ts';

/** A page as the replay of X gives it: the body, and the posts in it by id. */
export interface ReplayPage {
  status: number;
  body: unknown;
  posts: string[];
}

const week = 7 * 86_400_000;

/** Answers as the documentation of X API v2 tells for each endpoint. */
export function answerPage(world: XWorld, path: string, asked: URLSearchParams, now: number): ReplayPage {
  const [, id = '', what] = /^\/2\/(?:tweets|users)\/([0-9]+)\/(\w+)$/.exec(path) ?? [];
  const newestFirst = [...world.posts.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
  if (path === '/2/tweets') return lookup(world, asked);
  if (what === 'retweeted_by') return reposters(world, newestFirst, id, asked);
  const isCounts = path.startsWith('/2/tweets/counts/');
  if (what === undefined && !isCounts && !path.startsWith('/2/tweets/search/')) {
    return { status: 404, body: { title: 'Not Found', status: 404, type: 'about:blank' }, posts: [] };
  }
  const isRecent = path.endsWith('/recent');
  const from = timeOf(asked, 'start_time') ?? (isRecent ? now - week : 0);
  const to = timeOf(asked, 'end_time') ?? now - 30_000;
  if (isRecent && from < now - week) return invalid('start_time', asked);
  if (to > now - 10_000 || to <= from) return invalid('end_time', asked);
  const isWanted = (post: WorldPost) => {
    if (what === 'quote_tweets')
      return post.references.some(({ type, id: of }) => type === 'quoted' && of === id);
    return what === 'tweets' ? post.author === id : matches(asked.get('query') ?? '', post);
  };
  const found = newestFirst.filter(post => post.at >= from && post.at < to && isWanted(post));
  if (isCounts) return counts(found, from, to);
  return page(world, found, asked, {
    least: what === 'tweets' ? 5 : 10,
    most: path === '/2/tweets/search/all' ? 500 : 100,
    of: `${path} ${asked.get('query')} ${asked.get('start_time')} ${asked.get('end_time')}`,
  });
}

function page(
  world: XWorld,
  found: readonly WorldPost[],
  asked: URLSearchParams,
  { least, most, of }: { least: number; most: number; of: string },
): ReplayPage {
  const size = Number(asked.get('max_results') ?? 10);
  if (!(size >= least && size <= most)) return invalid('max_results', asked);
  const token = asked.get('next_token') ?? asked.get('pagination_token');
  const after = token === null ? undefined : readToken(token, of);
  if (after === 'foreign') return invalid('next_token', asked);
  const left = after === undefined ? found : found.filter(({ id }) => BigInt(id) < BigInt(after));
  const shown = left.slice(0, size);
  const expansions = asked.get('expansions')?.split(',') ?? [];
  const origins = expansions.includes('referenced_tweets.id') ? originsOf(world, shown) : [];
  const users = expansions.includes('author_id') ? usersOf(world, [...shown, ...origins], asked) : [];
  const includes = {
    ...(users.length > 0 ? { users } : {}),
    ...(origins.length > 0 ? { tweets: origins.map(post => postBody(world, post, asked)) } : {}),
  };
  const gone = expansions.includes('referenced_tweets.id') ? goneOf(world, shown) : [];
  const last = shown.at(-1);
  const meta = {
    ...(last === undefined ? {} : { newest_id: shown[0]!.id, oldest_id: last.id }),
    result_count: shown.length,
    ...(left.length > shown.length ? { next_token: tokenOf(last!.id, of) } : {}),
  };
  const body = {
    ...(shown.length > 0 ? { data: shown.map(post => postBody(world, post, asked)) } : {}),
    ...(Object.keys(includes).length > 0 ? { includes } : {}),
    ...(gone.length > 0 ? { errors: gone.map(notFound('referenced_tweets.id')) } : {}),
    meta,
  };
  return { status: 200, body, posts: [...shown, ...origins].map(({ id }) => id) };
}

function originsOf(world: XWorld, posts: readonly WorldPost[]): WorldPost[] {
  const ids = new Set(posts.flatMap(({ references }) => references.map(({ id }) => id)));
  return [...ids].flatMap(id => world.posts.get(id) ?? []);
}

function goneOf(world: XWorld, posts: readonly WorldPost[]): string[] {
  const ids = new Set(posts.flatMap(({ references }) => references.map(({ id }) => id)));
  return [...ids].filter(id => !world.posts.has(id));
}

function usersOf(world: XWorld, posts: readonly WorldPost[], asked: URLSearchParams) {
  return [...new Set(posts.map(({ author }) => author))].map(id => userBody(world, id, asked));
}

function lookup(world: XWorld, asked: URLSearchParams): ReplayPage {
  const ids = asked.get('ids')?.split(',') ?? [];
  if (ids.length === 0 || ids.length > 100) return invalid('ids', asked);
  const found = ids.flatMap(id => world.posts.get(id) ?? []);
  const gone = ids.filter(id => !world.posts.has(id));
  const body = {
    ...(found.length > 0 ? { data: found.map(post => postBody(world, post, asked)) } : {}),
    ...(found.length > 0 ? { includes: { users: usersOf(world, found, asked) } } : {}),
    ...(gone.length > 0 ? { errors: gone.map(notFound('ids')) } : {}),
  };
  return { status: 200, body, posts: found.map(({ id }) => id) };
}

const notFound = (parameter: string) => (id: string) => ({
  value: id,
  detail: `Could not find tweet with ${parameter}: [${id}].`,
  title: 'Not Found Error',
  resource_type: 'tweet',
  parameter,
  resource_id: id,
  type: 'https://api.twitter.com/2/problems/resource-not-found',
});

/** Who passed a post on: without when, and never more than the newest hundred. */
function reposters(
  world: XWorld,
  posts: readonly WorldPost[],
  id: string,
  asked: URLSearchParams,
): ReplayPage {
  const reposts = posts.filter(post =>
    post.references.some(({ type, id: of }) => type === 'retweeted' && of === id),
  );
  const data = usersOf(world, reposts, asked).slice(0, Number(asked.get('max_results') ?? 100));
  const meta = { result_count: data.length };
  return { status: 200, body: data.length > 0 ? { data, meta } : { meta }, posts: [] };
}

function counts(found: readonly WorldPost[], from: number, to: number): ReplayPage {
  const hour = 3_600_000;
  const data: { start: string; end: string; tweet_count: number }[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, Math.floor(start / hour) * hour + hour);
    const tweet_count = found.filter(({ at }) => at >= start && at < end).length;
    data.push({ start: new Date(start).toISOString(), end: new Date(end).toISOString(), tweet_count });
    start = end;
  }
  return { status: 200, body: { data, meta: { total_tweet_count: found.length } }, posts: [] };
}

function timeOf(asked: URLSearchParams, name: string): number | undefined {
  const text = asked.get(name);
  return text === null ? undefined : Date.parse(text);
}

function invalid(parameter: string, asked: URLSearchParams): ReplayPage {
  const value = asked.get(parameter) ?? '';
  const errors = [{ parameters: { [parameter]: [value] }, message: `Invalid '${parameter}':'${value}'.` }];
  const detail = 'One or more parameters to your request was invalid.';
  const type = 'https://api.twitter.com/2/problems/invalid-request';
  return { status: 400, body: { errors, title: 'Invalid Request', detail, type }, posts: [] };
}

/** A token goes on with the question that it was given for, and with no other. */
function tokenOf(last: string, of: string): string {
  return Buffer.from(JSON.stringify([last, of])).toString('base64url');
}

function readToken(token: string, of: string): string | 'foreign' {
  try {
    const [last, origin] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [string, string];
    return origin === of ? last : 'foreign';
  } catch {
    return 'foreign';
  }
}
