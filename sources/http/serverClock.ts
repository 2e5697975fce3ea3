/**
 * Seconds by which this clock is ahead of a server's, by what an answer tells of the time; below 0 where it is behind.
 *
 * @param now our clock, in milliseconds, when the answer came
 * @returns undefined where the server tells no time
 */
export function aheadBy(headers: Headers, now: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return undefined;
  // What a cache has kept bears the time at which it was made.
  const age = Number(headers.get('age') ?? 0);
  return Math.round((now - date) / 1000) - (age > 0 ? age : 0);
}
