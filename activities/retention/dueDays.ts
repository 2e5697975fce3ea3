import { type CaptureLog, captureLog, type GoneDay } from '../../lake/captureLog.ts';
import type { Lake } from '../../lake/lake.ts';
import { type ReadLane, segmentsLeft } from '../collecting/bundles.ts';
import { rawKey } from '../rawKey.ts';

/** A day of a lane whose captures are older than they may be. */
export interface DueDay {
  lane: string;
  day: string;
  /** Set where it was written down that the day leaves, and the removal did not come to its end. */
  gone: GoneDay | undefined;
  /** Hashes of all segments of the day. */
  captured: string[];
  /** Those that are to be removed, with their bytes. */
  segments: { sha256: string; bytes: number }[];
  /** Keys of the plans by which they were collected. */
  plans: string[];
}

/** The days of a lane before a day, oldest first, that were not summed up or of which something is still to be removed. */
export async function dueDaysOf(
  lake: Lake,
  campaign: string,
  { name: lane }: ReadLane,
  { before, stay }: { before: string; stay: ReadonlySet<string> },
): Promise<DueDay[]> {
  const log = captureLog(lake, campaign, lane);
  const goneDays = await log.gone();
  const due: DueDay[] = [];
  const lasts: number[] = [];
  for (const { day, last, segments: captured } of await log.days()) {
    if (day >= before || captured.length === 0) continue;
    const gone = goneDays.get(day);
    const isThere = await Promise.all(captured.map(one => !stay.has(one) && lake.has(rawKey(one))));
    if (gone !== undefined && !isThere.includes(true)) continue;
    const segments = captured.filter((_, place) => isThere[place]).map(sha256 => ({ sha256, bytes: 0 }));
    due.push({ lane, day, gone, captured: gone?.segments ?? captured, segments, plans: gone?.plans ?? [] });
    lasts.push(last);
  }
  if (due.length > 0) await readEntries(log, due, lasts);
  return due;
}

/** Takes from the entries of the log what the days do not tell. @param lasts number of each day's last entry */
async function readEntries(log: CaptureLog, due: readonly DueDay[], lasts: readonly number[]): Promise<void> {
  // A plan that is still worked on stays, however old.
  const current = (await log.last())?.state.plan?.key;
  for await (const { number, segment, state } of log.entries()) {
    const day = due[lasts.findIndex(last => number <= last)];
    if (day === undefined) return;
    const known = day.segments.find(({ sha256 }) => sha256 === segment?.sha256);
    if (known !== undefined) known.bytes = segment!.bytes;
    const key = state.plan?.key;
    if (day.gone === undefined && key !== undefined && key !== current && !day.plans.includes(key))
      day.plans.push(key);
  }
}

/** The segments that days name which stay: those of other campaigns, and younger ones. */
export async function segmentsThatStay(
  lake: Lake,
  of: { campaign: string; before: string },
): Promise<Set<string>> {
  const named = new Set<string>();
  for (const campaign of await lake.list('collected')) {
    for (const lane of await lake.list(`collected/${campaign}`)) {
      const log = captureLog(lake, campaign, lane);
      const gone = await log.gone();
      for (const captured of await log.days()) {
        const isLeaving = campaign === of.campaign && captured.day < of.before;
        const summary = gone.get(captured.day)?.summary.sha256;
        const left = isLeaving ? [] : segmentsLeft(captured, gone.get(captured.day));
        for (const segment of summary === undefined ? left : [summary, ...left]) named.add(segment);
      }
    }
  }
  return named;
}
