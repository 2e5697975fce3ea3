import type { Page, PageAsk } from '../liveSource.ts';
import { isPast, type List, listPage, readList, standingStill } from './pages.ts';
import { timeOfView } from './times.ts';
import type { Xrpc } from './xrpc.ts';

const found: List = { method: 'app.bsky.feed.searchPosts', name: 'posts', timeOf: timeOfView };

/** Cursors of search count posts, and none beyond 10,000 is served; the search then begins anew before the oldest. */
const deepest = 9_900;

/** Where a search stands: what is older than `until`, from `cursor` on. */
interface Stand {
  until: string;
  cursor: string | undefined;
}

/** Posts that hold a term or a hashtag, newest first. */
export async function searchPage(ask: PageAsk, xrpc: Xrpc): Promise<Page> {
  const { query, span, signal } = ask;
  const stand = standOf(ask.cursor) ?? { until: span.to, cursor: undefined };
  const { until, cursor } = stand;
  const answer = await xrpc(
    found.method,
    { q: query.subjects[0], sort: 'latest', since: span.from, until, limit: 100, cursor },
    signal,
  );
  if (answer.status !== 200) return listPage(answer, found, ask);
  const { items, cursor: further } = readList(answer, found);
  if (further !== undefined && further === cursor) throw standingStill(found.method);
  // Begun anew, and from the newest again: this would never end.
  if (cursor === undefined && until !== span.to && items.some(item => isAfter(item, until)))
    throw new Error(`${found.method}: the service heeds no \`until\``);
  const isEnd = further === undefined || isPast(items, found, span.from);
  const next = isEnd ? undefined : textOf(anew(items, further, until) ?? { until, cursor: further });
  return { body: answer.body, status: 200, next, posts: items.length };
}

function isAfter(item: unknown, until: string): boolean {
  const time = timeOfView(item);
  return time !== undefined && time >= Date.parse(until);
}

/** @returns undefined where the cursor is not deep, or the service heeds no `until`: nothing would be won */
function anew(items: unknown[], cursor: string, until: string): Stand | undefined {
  if (!/^\d+$/.test(cursor) || Number(cursor) < deepest) return undefined;
  const times = items.map(timeOfView).filter(time => time !== undefined);
  const end = Date.parse(until);
  if (times.length === 0 || times.some(time => time >= end)) return undefined;
  // Those of the oldest millisecond may go on beyond the page: they are asked for again.
  const oldest = Math.min(...times) + 1;
  return oldest < end ? { until: new Date(oldest).toISOString(), cursor: undefined } : undefined;
}

function textOf({ until, cursor }: Stand): string {
  return cursor === undefined ? until : `${until} ${cursor}`;
}

function standOf(text: string | undefined): Stand | undefined {
  if (text === undefined) return undefined;
  const blank = text.indexOf(' ');
  if (blank < 0) return { until: text, cursor: undefined };
  return { until: text.slice(0, blank), cursor: text.slice(blank + 1) };
}
