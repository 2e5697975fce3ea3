import { type Page, type PageAsk, Withheld } from '../liveSource.ts';
import type { Instance } from './instance.ts';
import { cursorOf, type Place } from './place.ts';
import { idAt, realTimeWindow } from './snowflake.ts';
import { foundIn, placedAt } from './statusList.ts';

/** Results beyond this many are not asked for: each page costs a server as much as all before it. */
const mostResults = 1000;

/**
 * Statuses that hold a term, the newest first. Servers search for members only, and what they may find: their own
 * posts, and those of accounts that allow it.
 */
export async function searchPage(instance: Instance, ask: PageAsk, place: Place): Promise<Page> {
  const passed = Number(place.passed ?? 0);
  if (passed >= mostResults)
    throw new Withheld(`${instance.host} was asked for ${mostResults} results of one search`, undefined);
  const { span, query } = ask;
  const params = new URLSearchParams({
    type: 'statuses',
    resolve: 'false',
    limit: '40',
    q: query.subjects[0]!,
  });
  // Servers narrow a search by the time that ids hold; those that don't are paged through.
  params.set('min_id', idAt(Date.parse(span.from)));
  params.set('max_id', idAt(Date.parse(span.to) + realTimeWindow));
  if (passed > 0) params.set('offset', String(passed));
  const answer = await instance.get('/api/v2/search', params, ask);
  const { body, status } = answer;
  if (status !== 200) return { body, status, next: undefined, posts: 0 };
  const listed = foundIn(answer, instance.host);
  const last = listed.at(-1)?.id;
  // Some servers know no offset and give the same page for ever.
  const hasEnded =
    last === undefined || last === place.last || listed.every(one => placedAt(one) < Date.parse(span.from));
  const next = { passed: String(passed + listed.length), last };
  return { body, status, next: hasEnded ? undefined : cursorOf(next), posts: listed.length };
}
