/**
 * Ids of Mastodon hold the time at which a server took the status in: 48 bits of milliseconds, 16 of a sequence
 * (lib/mastodon/snowflake.rb). Other servers that speak its API number otherwise; of their ids nothing is concluded.
 */

const first = Date.parse('2016-01-01T00:00:00Z');
const last = Date.parse('2100-01-01T00:00:00Z');

/**
 * In milliseconds: what comes within this time of its writing gets an id of its coming, not of its writing
 * (Status::REAL_TIME_WINDOW).
 */
export const realTimeWindow = 6 * 3_600_000;

/** @returns milliseconds since 1970; undefined where the id holds no time */
export function timeOfId(id: string): number | undefined {
  if (!/^\d{17,19}$/.test(id)) return undefined;
  const time = Number(BigInt(id) >> 16n);
  return time >= first && time < last ? time : undefined;
}

/** The lowest id of a time, in milliseconds since 1970. */
export function idAt(time: number): string {
  return (BigInt(Math.trunc(time)) << 16n).toString();
}

/** Whether `id` comes after `other`; ids that are no numbers have no order and only differ. */
export function isHigher(id: string, other: string): boolean {
  if (!/^\d+$/.test(id) || !/^\d+$/.test(other)) return id !== other;
  return BigInt(id) > BigInt(other);
}
