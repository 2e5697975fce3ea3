import { bluesky } from '../bluesky.ts';
import type { LiveSource, Page, PageAsk, StandingQuery } from '../liveSource.ts';
import { withStates } from './accountStates.ts';
import { identitiesOf, unknownHandle } from './identities.ts';
import { type List, listPage, wholePage } from './pages.ts';
import { recordsPage } from './records.ts';
import { refreshPage } from './refreshing.ts';
import { searchPage } from './searching.ts';
import type { BlueskyMeans, BlueskySettings } from './settings.ts';
import { streamOf } from './stream.ts';
import { timeOfFeedItem } from './times.ts';
import { type Xrpc, xrpcOf } from './xrpc.ts';

const feed: List = { method: 'app.bsky.feed.getAuthorFeed', name: 'feed', timeOf: timeOfFeedItem };
const quotes: List = { method: 'app.bsky.feed.getQuotes', name: 'posts' };
const reposters: List = { method: 'app.bsky.feed.getRepostedBy', name: 'repostedBy' };
/**
 * What the lexicons allow at once; but of a thread, which may be 1000 deep, only as much as stays readable: each level is
 * two of JSON. What is deeper or higher is asked about where the counts tell of it.
 */
const most = { list: 100, posts: 25, depth: 1000 };

/** Bluesky's AppView, the servers that keep the records of its accounts, and its stream. */
export function openBluesky(settings: BlueskySettings, means: BlueskyMeans): LiveSource {
  const { service, follow } = settings;
  const accounts = [...new Set([...settings.accounts, ...means.accounts])];
  const xrpc = xrpcOf(settings, means);
  const identities = identitiesOf(settings, means, xrpc);
  const stream = streamOf(settings, means, identities, accounts);

  /** A page, and where it says that the message is gone, whether its account is only hidden. */
  async function told(page: Page, { query, signal }: PageAsk): Promise<Page> {
    const author = query.subjects[0]?.split('/')[2];
    if (page.status === 200 || author === undefined || !author.startsWith('did:')) return page;
    return withStates(page, [author], xrpc, signal);
  }

  async function page(ask: PageAsk): Promise<Page> {
    const { query, cursor, signal } = ask;
    const [subject] = query.subjects;
    switch (query.kind) {
      case 'search':
        return searchPage(ask, xrpc);
      case 'account': {
        const actor = await identities.didOf(subject!, signal);
        if (actor === undefined) throw unknownHandle(subject!, service);
        const parameters = {
          actor,
          filter: 'posts_with_replies',
          includePins: false,
          limit: most.list,
          cursor,
        };
        return listPage(await xrpc(feed.method, parameters, signal), feed, ask);
      }
      case 'quotes':
      case 'reposts': {
        const list = query.kind === 'quotes' ? quotes : reposters;
        const parameters = { uri: subject, limit: most.list, cursor };
        return told(listPage(await xrpc(list.method, parameters, signal), list, ask), ask);
      }
      case 'thread':
        return told(await threadPage(xrpc, subject!, signal), ask);
      case 'refresh':
        return refreshPage(ask, xrpc);
      case 'records':
        return recordsPage(ask, identities, means.client);
      case 'stream':
        return stream(ask);
      default:
        throw new Error(`Bluesky has nothing to ask of the kind ${query.kind}`);
    }
  }

  return {
    mapper: bluesky,
    standing: standingOf(settings, accounts),
    follows: {
      ...Object.fromEntries(follow.map(kind => [kind, 1])),
      ...(follow.includes('reposts') && { records: 1 }),
      refresh: most.posts,
    },
    page,
    close: async () => {},
  };
}

async function threadPage(xrpc: Xrpc, uri: string, signal: AbortSignal): Promise<Page> {
  const method = 'app.bsky.feed.getPostThread';
  const answer = await xrpc(method, { uri, depth: most.depth, parentHeight: most.depth }, signal);
  return wholePage(answer, 1);
}

/**
 * A post written without a line is dated by its writing, and shown when it comes; an AppView that lags shows all late.
 * Pages cost nothing, so that three hours are looked at again.
 */
const overlapMinutes = 180;

/** What is asked again and again: all three serve what is old, the stream for about three days. */
function standingOf({ search, stream }: BlueskySettings, accounts: readonly string[]): StandingQuery[] {
  return [
    ...search.map(term => ({
      query: { kind: 'search' as const, label: `search ${term}`, subjects: [term] },
      overlapMinutes,
    })),
    ...accounts.map(account => ({
      query: { kind: 'account' as const, label: `account ${account}`, subjects: [account] },
      overlapMinutes,
    })),
    ...(stream === undefined
      ? []
      : [
          { query: { kind: 'stream' as const, label: 'stream', subjects: [], host: stream }, reachHours: 72 },
        ]),
  ];
}
