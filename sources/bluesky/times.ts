import { asObject } from '../knownFields.ts';

/** Milliseconds since 1970 of what the network sorts by: the earlier of both times; undefined where neither is told. */
export function timeOfView(post: unknown): number | undefined {
  const { indexedAt, record } = asObject(post) ?? {};
  return earlier(millisecondsOf(indexedAt), millisecondsOf(asObject(record)?.createdAt));
}

/** A repost stands in a feed where it was passed on; a pinned post stands anywhere and tells nothing of its order. */
export function timeOfFeedItem(item: unknown): number | undefined {
  const { post, reason } = asObject(item) ?? {};
  const { $type, indexedAt } = asObject(reason) ?? {};
  if ($type === 'app.bsky.feed.defs#reasonPin') return undefined;
  return millisecondsOf(indexedAt) ?? timeOfView(post);
}

/** Records are listed by their keys, which tell when they were made; what they say themselves may be any time. */
export function timeOfRecord(entry: unknown): number | undefined {
  const { uri, value } = asObject(entry) ?? {};
  const made = typeof uri === 'string' ? timeOfKey(uri.slice(uri.lastIndexOf('/') + 1)) : undefined;
  const said = millisecondsOf(asObject(value)?.createdAt);
  return made === undefined || said === undefined ? (made ?? said) : Math.max(made, said);
}

const digits = '234567abcdefghijklmnopqrstuvwxyz';

/** Milliseconds of a TID: microseconds in eleven digits of 32, then two digits of the clock that made it. */
function timeOfKey(key: string): number | undefined {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(key)) return undefined;
  let microseconds = 0;
  for (const digit of key.slice(0, 11)) microseconds = microseconds * 32 + digits.indexOf(digit);
  return Math.floor(microseconds / 1000);
}

function millisecondsOf(time: unknown): number | undefined {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
