import type { Findings } from './findings.ts';

/** A time as atproto's records write it: any number of digits, always with a zone. */
const datetime = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2})(?:(\.\d{1,6})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * When something was written. Whoever writes a record says when, and may say anything: where that is unreadable, or
 * later than the network saw it, the network's time is taken, as the AppView sorts (`sortAt`, the earlier of both).
 *
 * @param said what the record says
 * @param seen when a server saw it at the latest, ISO
 * @returns ISO with at most microseconds; what was said where there is nothing better
 */
export function writtenAt(said: unknown, seen: string | null | undefined, findings: Findings): string | null {
  const own = typeof said === 'string' ? readable(said) : undefined;
  const bound = readable(seen ?? '');
  if (own !== undefined && (bound === undefined || Date.parse(own) <= Date.parse(bound))) return own;
  findings.count('created_at_doubtful');
  return bound ?? (typeof said === 'string' ? said : null);
}

function readable(time: string): string | undefined {
  const [, day, clock, fraction = '', zone] = datetime.exec(time) ?? [];
  if (day === undefined) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  // 30 February is understood, as a day of March.
  const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(day);
  const text = `${day}${clock}${fraction}${zone}`;
  return isDay && !/^T24/.test(clock!) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Microseconds since 1970, as Jetstream counts, as ISO; undefined where it is no time. */
export function timeOfMicros(micros: unknown): string | undefined {
  const whole = typeof micros === 'string' ? Number(micros) : micros;
  if (typeof whole !== 'number' || !Number.isSafeInteger(whole) || whole < 0) return undefined;
  const seconds = new Date(Math.floor(whole / 1e6) * 1000);
  if (Number.isNaN(seconds.getTime()) || seconds.getUTCFullYear() > 9999) return undefined;
  return `${seconds.toISOString().slice(0, 19)}.${String(whole % 1e6).padStart(6, '0')}Z`;
}
