/** What a server says of its limits, in the spellings of the networks. */

const resets = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];
const remainders = ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'];
const longestWait = 86_400_000;

/**
 * How long a server wants to be left alone, in milliseconds: 0 where that time is over, at most a day, undefined where
 * it does not say. Instants count by the server's own clock (`Date`), which may differ from ours.
 *
 * @param now our clock, in milliseconds, when the answer came
 */
export function askedPause(headers: Headers, now: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  const theirs = Number.isNaN(date) ? now : date;
  const told = [headers.get('retry-after'), ...resets.map(name => headers.get(name))];
  const pauses = told.map(text => pauseOf(text?.trim() ?? '', theirs)).filter(pause => pause !== undefined);
  return pauses.length === 0 ? undefined : Math.min(Math.max(pauses[0]!, 0), longestWait);
}

/** Whether this answer was the last one before the limit. */
export function isUsedUp(headers: Headers): boolean {
  return remainders.some(name => headers.get(name)?.trim() === '0');
}

/** Seconds, a Unix time in seconds or milliseconds, ISO 8601 or an HTTP date. */
function pauseOf(text: string, now: number): number | undefined {
  if (/^-?[0-9]+(\.[0-9]+)?$/.test(text)) {
    const number = Number(text);
    if (number > 1e12) return number - now;
    return number > 1e9 ? number * 1000 - now : number * 1000;
  }
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant - now;
}
