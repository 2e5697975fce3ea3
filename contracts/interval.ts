import { FatalError } from './errors.ts';

/** A half-open range of whole UTC days, `from` ≤ t < `to`, both as YYYY-MM-DD. */
export interface Interval {
  from: string;
  to: string;
}

const DAY = 86_400_000;

/** Reads `FROM/TO`. */
export function parseInterval(text: string): Interval {
  const match = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(text);
  const [, from, to] = match ?? [];
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to) || from >= to) {
    throw new FatalError(`the interval "${text}" can't be read`, {
      next: 'write two UTC days, the first before the second, like 2026-03-01/2026-03-02',
    });
  }
  return { from, to };
}

export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text;
}

/** The UTC day of a time in milliseconds. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY);
}

/** The last full day that ended at or before a time: [trunc(t) − 1 day, trunc(t)). */
export function dayBefore(time: number): Interval {
  const to = dayOf(time);
  return { from: addDays(to, -1), to };
}

/** Intervals of one day each, first to last, `to` excluded. */
export function daysWithin(interval: Interval): Interval[] {
  const days: Interval[] = [];
  for (let from = interval.from; from < interval.to; from = addDays(from, 1)) {
    days.push({ from, to: addDays(from, 1) });
  }
  return days;
}
