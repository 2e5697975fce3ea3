import type { LiveSettings } from '../../contracts/campaign.ts';
import type { CollectingState, QueryKind, Task } from '../../contracts/collection.ts';
import { FatalError } from '../../contracts/errors.ts';
import { PassingFault } from '../../sources/http/askFault.ts';
import { type LiveSource, type Page, Unanswerable, Withheld } from '../../sources/liveSource.ts';
import type { World } from '../world.ts';
import type { Keeper } from './keeper.ts';
import { mayAsk, monthOf, noPostsYet, postsOfPage, reserve, settle } from './quota.ts';
import type { Ended } from './taskEnd.ts';

/** A question that needs more pages has no end that is worth waiting for. */
const mostPages = 20_000;
/** What one question may bring: a hundred thousand large pages of posts are less. */
const mostBytes = 2e9;
const mostHours = 6;
/** A clock may be so far ahead of a server's, within what standing questions overlap. */
const mostAhead = 300;
/** So many pages in a row without a message, where messages are asked for: the network turns in circles. */
const mostEmptyPages = 50;
const countsPosts: ReadonlySet<string> = new Set<QueryKind>([
  'search',
  'hashtag',
  'account',
  'quotes',
  'thread',
]);

/** What X answers without posts. */
const isFree: ReadonlySet<string> = new Set<QueryKind>(['counts', 'reposts']);

export interface Asking {
  keeper: Keeper;
  source: LiveSource;
  live: LiveSettings;
  tasks: readonly Task[];
  signal: AbortSignal;
}

/** Asks for the next page of the task that is due, and hands it to the keeper. `ended` where it was the task's last. */
export async function askPage(
  world: World,
  { keeper, source, live, tasks, signal }: Asking,
): Promise<{ posts: number; ended?: Ended }> {
  const { networks } = world;
  const task = tasks[keeper.state.plan!.done]!;
  const standing = task.standing === undefined ? undefined : keeper.state.standing[task.standing];
  const current: NonNullable<CollectingState['current']> = keeper.state.current ?? {
    resume: standing?.resume,
    pages: 0,
    empty: 0,
    bytes: 0,
    since: networks.now().toISOString(),
  };
  const most = await putAside(world, keeper, live, task);
  const { query, span } = task;
  const { cursor, resume } = current;
  const page = await source.page({ query, span, cursor, resume, most, signal }).catch(error => {
    if (isGivenNothing(error) && most !== undefined) paid(keeper, networks.now(), 0);
    throw error;
  });
  if (most !== undefined) paid(keeper, networks.now(), page.posts);
  if (holdsSecret(networks, page)) throw new Error('the network gives a secret back as a cursor');
  keeper.add({
    what: 'page',
    query,
    span,
    captured_at: networks.now().toISOString(),
    status: page.status,
    body: networks.redacted(page.body.toString('utf8')),
  });
  if (page.hole !== undefined) {
    const captured_at = networks.now().toISOString();
    const reason = 'the network does not show it';
    keeper.add({ what: 'outcome', query, span: page.hole, captured_at, outcome: 'failed', reason });
  }
  const holes = [...(current.holes ?? []), ...(page.hole === undefined ? [] : [page.hole])];
  const pages = current.pages + 1;
  const empty = page.posts === 0 && countsPosts.has(query.kind) ? current.empty + 1 : 0;
  const bytes = current.bytes + page.body.length;
  keeper.state = {
    ...keeper.state,
    failures: 0,
    current: {
      ...current,
      cursor: page.next,
      resume,
      pages,
      empty,
      bytes,
      ...(holes.length > 0 && { holes }),
    },
  };
  const hours = (networks.now().getTime() - Date.parse(current.since)) / 3600_000;
  const ended = clockFault(page, task) ?? endOf(page, cursor, { pages, empty, bytes, hours });
  return ended === undefined ? { posts: page.posts } : { posts: page.posts, ended };
}

/** Whoever is told to wait, is refused, or was never heard was given nothing; after any other trouble nobody knows. */
function isGivenNothing(error: unknown): boolean {
  if (error instanceof PassingFault) return error.isUnheard;
  return [Withheld, Unanswerable, FatalError].some(kind => error instanceof kind);
}

/** A cursor is kept as it came, so that it must hold nothing that a hostile server was told. */
function holdsSecret(networks: World['networks'], { next, resume }: Page): boolean {
  return [next, resume].some(text => text !== undefined && networks.redacted(text) !== text);
}

/** Sets aside what the page may cost, durably, before it is asked for. @returns the most that may come */
async function putAside(
  { networks }: World,
  keeper: Keeper,
  live: LiveSettings,
  { query }: Task,
): Promise<number | undefined> {
  if (live.type !== 'x' || isFree.has(query.kind)) return undefined;
  const now = networks.now();
  const quota = live.quota.posts_per_month;
  const month = monthOf(now.toISOString());
  const aside = reserve(keeper.state.quota ?? noPostsYet, { month, quota, wanted: postsOfPage(quota) });
  if (aside === undefined) throw new Withheld(`the ${quota} posts of ${month} are spent`, nextMonth(now));
  keeper.state = { ...keeper.state, quota: aside.state };
  await keeper.keep();
  if (!mayAsk(aside.state, monthOf(networks.now().toISOString())))
    throw new Withheld('a month ended just now', networks.now());
  return aside.most;
}

/** The account of a month, once it is known how many posts came. */
function paid(keeper: Keeper, now: Date, posts: number): void {
  const { quota } = keeper.state;
  if (quota === undefined) return;
  keeper.state = { ...keeper.state, quota: settle(quota, { month: monthOf(now.toISOString()), posts }) };
}

function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

/** What is asked up to now by a clock that is ahead is not written yet when the network says that this was all. */
function clockFault({ next, status, ahead }: Page, { standing }: Task): Ended | undefined {
  const isEnd = next === undefined && status < 400 && standing !== undefined;
  if (!isEnd || ahead === undefined || ahead.seconds <= mostAhead) return undefined;
  const minutes = Math.round(ahead.seconds / 60);
  return { outcome: 'failed', reason: `this machine's clock is ${minutes} minutes ahead of ${ahead.of}` };
}

function endOf(
  page: Page,
  cursor: string | undefined,
  { pages, empty, bytes, hours }: { pages: number; empty: number; bytes: number; hours: number },
): Ended | undefined {
  // What it is about is not there any more.
  if (page.status >= 400) return { outcome: 'gone', reason: `answered with ${page.status}` };
  if (page.next === undefined) return { outcome: 'covered', reason: '', resume: page.resume };
  if (page.next === cursor)
    return { outcome: 'failed', reason: 'the network gives the same page again and again' };
  if (empty >= mostEmptyPages)
    return { outcome: 'failed', reason: `${empty} pages in a row without a message` };
  if (hours >= mostHours) return { outcome: 'failed', reason: `not at its end after ${mostHours} hours` };
  if (bytes >= mostBytes) return { outcome: 'failed', reason: `more than ${mostBytes / 1e9} GB` };
  if (pages >= mostPages) return { outcome: 'failed', reason: `more than ${pages} pages` };
  return undefined;
}
