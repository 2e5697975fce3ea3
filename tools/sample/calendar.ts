import type { Random } from './random.ts';

/** The fixed period of the sample. All moments are milliseconds since 1970, UTC. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const talkBegins = Date.UTC(2026, 0, 4);
/** The last message is written on the evening of 29 March, so that the default night is 28 March. */
export const talkEnds = Date.UTC(2026, 2, 29, 20, 45);
export const talkDays = 85;

/** Half-open: the flight's days in the campaign file include both ends. */
export const flightBegins = Date.UTC(2026, 2, 1);
export const flightEnds = Date.UTC(2026, 2, 29);

/** The default night and its window of 90 days. */
export const nightFrom = Date.UTC(2026, 2, 28);
export const nightTo = Date.UTC(2026, 2, 29);
export const windowFrom = nightTo - 90 * day;

const summerTimeBegins = Date.UTC(2026, 2, 29, 1);

/** Paris is one hour ahead of UTC, two from 29 March 2026, 01:00 UTC. */
function parisOffset(at: number): number {
  return at < summerTimeBegins ? hour : 2 * hour;
}

export function parisHour(at: number): number {
  return new Date(at + parisOffset(at)).getUTCHours();
}

export function isWeekend(at: number): boolean {
  const weekday = new Date(at + parisOffset(at)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** `2026-03-28` */
export function dateText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When somebody is awake to write: weights of the 24 hours in Paris, and how much more they write at weekends. */
export interface Habit {
  hours: readonly number[];
  weekend: number;
}

/** A moment of the talk drawn from a habit, between two moments if given. */
export function momentFor(habit: Habit, random: Random, from = talkBegins, to = talkEnds): number {
  for (;;) {
    const at = from + random.below(to - from);
    const share = habit.hours[parisHour(at)]! * (isWeekend(at) ? habit.weekend : 1);
    const most = Math.max(...habit.hours) * Math.max(1, habit.weekend);
    if (random.chance(share / most)) return at;
  }
}
