import type { Page, PageAsk } from '../liveSource.ts';
import type { Instance } from './instance.ts';
import { type PageLinks, pageLinks } from './pageLinks.ts';
import { cursorOf, type Place } from './place.ts';
import { idAt, isHigher, realTimeWindow, timeOfId } from './snowflake.ts';
import { type PagedStatus, placedAt, statusesOf } from './statusList.ts';

const hour = 3_600_000;
/** Servers take in what others send them late under ids of the past: so far back an ask looks again. */
const overlap = hour;

/**
 * A page of a list in the order of ids: forward from where the ask before ended, which leaves no gap however much is
 * written meanwhile; else back from the newest to the beginning of the span.
 *
 * @param place where to begin; its `account` is handed on
 */
export async function timelinePage(
  instance: Instance,
  path: string,
  ask: PageAsk,
  place: Place,
): Promise<Page> {
  const after = place.after ?? (ask.resume === undefined ? undefined : withOverlap(ask.resume));
  const params = new URLSearchParams({ limit: '40' });
  if (after !== undefined) params.set('min_id', after);
  else if (place.before !== undefined) params.set('max_id', place.before);
  const answer = await instance.get(path, params, ask);
  const { status, body } = answer;
  if (status !== 200) return { body, status, next: undefined, posts: 0 };
  const listed = statusesOf(answer, instance.host);
  const links = pageLinks(answer, instance.host);
  const next =
    after === undefined
      ? goingBack(instance, ask, place, listed, links)
      : goingForward(instance, ask, place, after, listed, links);
  return {
    body,
    status,
    next: next.hasEnded ? undefined : cursorOf(next.place),
    resume: next.place.newest,
    posts: listed.length,
  };
}

interface Next {
  place: Place;
  hasEnded: boolean;
}

function goingForward(
  { host }: Instance,
  { span, resume }: PageAsk,
  place: Place,
  after: string,
  listed: PagedStatus[],
  { newer }: PageLinks,
): Next {
  // The overlap lies before what was seen already.
  const seen = place.newest ?? resume ?? after;
  const newest = listed.map(({ id }) => id).reduce((id, other) => (isHigher(other, id) ? other : id), seen);
  if (newer !== undefined && !isHigher(newer, after)) throw new Error(`${host} repeats a page without end`);
  const isBeyond =
    listed.length === 0 || listed.every(one => Date.parse(one.created_at) >= Date.parse(span.to));
  return {
    place: { account: place.account, after: newer, newest },
    hasEnded: newer === undefined || isBeyond,
  };
}

function goingBack(
  { host }: Instance,
  { span }: PageAsk,
  place: Place,
  listed: PagedStatus[],
  { older }: PageLinks,
): Next {
  if (older !== undefined && place.before !== undefined && !isHigher(place.before, older))
    throw new Error(`${host} repeats a page without end`);
  const before = older === undefined ? undefined : leap(listed, older, span.to);
  // Whoever leaps has not seen what lies between, and whoever has leapt begins in the middle.
  const isWhole = place.before === undefined ? before === older : place.newest !== undefined;
  const newest = isWhole ? (place.newest ?? listed[0]?.id) : undefined;
  const isBeyond = listed.length > 0 && listed.every(one => placedAt(one) < Date.parse(span.from));
  return { place: { account: place.account, before, newest }, hasEnded: before === undefined || isBeyond };
}

/** Where ids tell the time, what lies between a page and a span of long ago need not be paged through. */
function leap(listed: PagedStatus[], older: string, to: string): string {
  const last = listed.at(-1);
  const end = Date.parse(to) + realTimeWindow;
  const time = last === undefined ? undefined : timeOfId(last.id);
  return time !== undefined && time > end && isHigher(older, idAt(end)) ? idAt(end) : older;
}

function withOverlap(resume: string): string {
  const time = timeOfId(resume);
  return time === undefined ? resume : idAt(time - overlap);
}
