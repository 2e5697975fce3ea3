import type { MissingNights } from '../../contracts/gaps.ts';
import { addDays, dayBefore, daysWithin } from '../../contracts/interval.ts';
import type { Lake } from '../../lake/lake.ts';
import { committedNights } from '../../lake/nights.ts';
import type { Settings } from '../settings.ts';

/**
 * Days that the schedule promises a night for and that none was committed for: from the first committed night on, to the
 * last day whose night is due. A campaign without a schedule promises none.
 */
export async function missingNights(
  lake: Lake,
  { campaign: { campaign, schedule } }: Settings,
  now: Date,
): Promise<MissingNights[]> {
  if (schedule === undefined) return [];
  const there = new Set<string>();
  for await (const { campaign: of, interval } of committedNights(lake))
    if (of === campaign && interval.to === addDays(interval.from, 1)) there.add(interval.from);
  const [first] = [...there].sort();
  if (first === undefined) return [];
  const [hours, minutes] = schedule.at.slice(0, 5).split(':').map(Number);
  const { to } = dayBefore(now.getTime() - (hours! * 60 + minutes!) * 60_000);
  return rangesOf(
    daysWithin({ from: first, to })
      .map(({ from }) => from)
      .filter(day => !there.has(day)),
  );
}

/** Days in a row, as half-open ranges. @param days sorted */
export function rangesOf(days: readonly string[]): MissingNights[] {
  const ranges: MissingNights[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last?.to === day) {
      last.to = addDays(day, 1);
      last.nights += 1;
    } else ranges.push({ from: day, to: addDays(day, 1), nights: 1 });
  }
  return ranges;
}
