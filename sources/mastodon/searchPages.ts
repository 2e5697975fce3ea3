import type { Span } from '../../contracts/collection.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import type { Instance } from './instance.ts';
import { cursorOf, type Place } from './place.ts';
import { idAt, isHigher, realTimeWindow, timeOfId } from './snowflake.ts';
import { foundIn, type PagedStatus, placedAt } from './statusList.ts';

/** Results of a page. */
const most = 40;
/** Offsets beyond this many are not asked for: each page costs a server as much as all before it. */
const mostResults = 1000;

/** Mastodon makes a time of the ids that narrow a search, and cuts it to the second (app/services/statuses_search_service.rb). */
const second = 1000;

/**
 * Statuses that hold a term, the newest first. Servers search for members only, and what they may find: their own
 * posts, and those of accounts that allow it. Pages go on by offset; where that grows large, or does nothing, the search
 * begins anew before the oldest that was seen. What can't be got to in either way is a hole.
 *
 * @param place `before` is where the search was begun anew; `passed` and `last` count from there
 */
export async function searchPage(instance: Instance, ask: PageAsk, place: Place): Promise<Page> {
  const { span, query } = ask;
  const passed = Number(place.passed ?? 0);
  const end = place.before ?? idAt(Date.parse(span.to) + realTimeWindow);
  const params = new URLSearchParams({
    type: 'statuses',
    resolve: 'false',
    limit: String(most),
    q: query.subjects[0]!,
  });
  // Servers narrow a search by the time that ids hold; those that don't are paged through.
  params.set('min_id', idAt(Date.parse(span.from)));
  params.set('max_id', end);
  if (passed > 0) params.set('offset', String(passed));
  const answer = await instance.get('/api/v2/search', params, ask);
  const { body, status } = answer;
  if (status !== 200) return { body, status, next: undefined, posts: 0 };
  const listed = foundIn(answer, instance.host);
  const page = { body, status, next: undefined, posts: listed.length };
  const last = listed.at(-1)?.id;
  if (last === undefined || listed.every(one => placedAt(one) < Date.parse(span.from))) return page;
  const reached = passed + listed.length;
  // Some servers know no offset and give the same page for ever.
  if (last !== place.last && reached < mostResults)
    return { ...page, next: cursorOf({ before: place.before, passed: String(reached), last }) };
  // What is as old as the last one, to the second, is asked for again.
  const time = timeOfId(last);
  const before = time === undefined ? undefined : idAt(time + second);
  const isHeeded = listed.every(({ id }) => isHigher(end, id));
  if (before !== undefined && isHeeded) {
    if (isHigher(end, before)) return { ...page, next: cursorOf({ before }) };
    // All that is left, which an offset did not pass.
    if (listed.length < most) return page;
  }
  const hole = unreached(listed, span);
  return hole === undefined ? page : { ...page, hole };
}

function unreached(listed: PagedStatus[], { from, to }: Span): Span | undefined {
  const oldest = Math.min(Date.parse(to), ...listed.map(placedAt));
  return oldest > Date.parse(from) ? { from, to: new Date(oldest).toISOString() } : undefined;
}
