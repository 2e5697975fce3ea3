import type { Span } from '../../contracts/collection.ts';
import { Withheld } from '../liveSource.ts';
import { recentHours } from './limits.ts';

const second = 1000;
const hour = 3_600_000;
/**
 * How old a post must be to be asked for. X refuses an `end_time` younger than 10 seconds, and ends by itself 30 seconds
 * ago, because what is younger may not be found yet.
 */
const settled = 30 * second;
/**
 * The reach ends so much before X's own: it moves on while pages are read, and X takes a token only with the times that
 * it was given for.
 */
const margin = 900 * second;
/** Nearer to its end than that, X may find a question too old when it arrives. */
const edge = 10 * second;

/** The stretch of time that a question is asked for, fit for X: whole seconds, `from` inclusive, `to` exclusive. */
export interface Stretch {
  from: string;
  to: string;
}

/**
 * Cuts a span down to what X serves.
 *
 * @param resume where the same question ended before. The span begins earlier, because stretches overlap for networks
 *   that show posts late; here every post that is asked for again is paid again
 * @param begun what an earlier page of the same question was asked for
 * @throws Withheld where nothing is left of it: all is too young, or too old for a recent endpoint
 */
export function stretchOf(
  span: Span,
  options: {
    now: number;
    resume: string | undefined;
    begun: Stretch | undefined;
    isRecent: boolean;
    byHour: boolean;
  },
): Stretch {
  const { now, resume, begun, isRecent, byHour } = options;
  const kept = begun === undefined ? margin : edge;
  const oldest = isRecent ? now - recentHours * hour + kept : -Infinity;
  // An hour is counted whole, or what is expected of it would be too little.
  const unit = byHour ? hour : second;
  const began = Math.max(Date.parse(span.from), resume === undefined ? -Infinity : Date.parse(resume));
  const wanted = begun === undefined ? Math.floor(began / unit) * unit : Date.parse(begun.from);
  const from = wanted < oldest ? Math.ceil(oldest / unit) * unit : wanted;
  const newest = Math.floor((now - settled) / second) * second;
  const to =
    begun === undefined
      ? Math.min(Math.ceil(Date.parse(span.to) / second) * second, newest)
      : Date.parse(begun.to);
  if (to <= from) {
    if (Date.parse(span.to) <= oldest) {
      throw new Withheld(`X serves the last ${recentHours / 24} days without \`archive: true\``, undefined);
    }
    throw new Withheld(
      'X does not serve what is younger than half a minute',
      new Date(from + settled + second),
    );
  }
  return { from: instant(from), to: instant(to) };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
