import type { Panel, PanelEstimator, Placebo } from './panel.ts';
import { partOf, unitsOf } from './panel-sums.ts';

/** A fake flight has at least this many days before it, besides as many as it has itself. */
const leastBefore = 14;
const mostFakeFlights = 12;
/** Where units are people, all of them as if treated would take an hour and show no more than these. */
const mostFakeUnits = 200;

type Options = Parameters<PanelEstimator>[1];

/**
 * The fake flights within the days before: as long as the flight where two of it and 14 days fit, else a third of what is left
 * after 14 days, in whole weeks if there is one; beginning every half length, at most 12, the last ending where the flight begins.
 * Empty where not even one day fits.
 */
export function fakeFlights({ before, periods }: Pick<Panel, 'before' | 'periods'>): {
  starts: number[];
  length: number;
} {
  const during = periods - before;
  const third = Math.floor((before - leastBefore) / 3);
  const weeks = third < 7 ? third : third - (third % 7);
  const length = before >= 2 * during + leastBefore ? during : Math.min(weeks, during);
  if (length < 1) return { starts: [], length: 0 };
  const [earliest, latest] = [leastBefore + length, before - length];
  const step = Math.max(Math.ceil(length / 2), Math.ceil((latest - earliest) / (mostFakeFlights - 1)));
  const starts: number[] = [];
  for (let start = latest; start >= earliest; start -= step) starts.unshift(start);
  return { starts, length };
}

/** The estimator on flights that never were, in the days before; what it refuses is left out. Labelled by their first period. */
export function placebosInTime(estimator: PanelEstimator, panel: Panel, options: Options): Placebo[] {
  const { starts, length } = fakeFlights(panel);
  const units = Array.from({ length: panel.units }, (_, unit) => unit);
  return starts.flatMap(before => {
    const fake = partOf(panel, { units, treated: panel.treated, before, to: before + length });
    return placeboOf('time', before, estimator(fake, options));
  });
}

/**
 * The estimator on each control unit as if it alone had been treated, on 200 evenly spread among more; the treated are left out, and
 * so is what it refuses.
 */
export function placebosOverUnits(estimator: PanelEstimator, panel: Panel, options: Options): Placebo[] {
  if (options.hasUnitPlacebos === false) return [];
  const units = unitsOf(panel, 0);
  const rows = Math.min(units.length, mostFakeUnits);
  return Array.from({ length: rows }, (_, turn) => Math.floor((turn * units.length) / rows)).flatMap(row => {
    const treated = new Uint8Array(units.length);
    treated[row] = 1;
    const fake = partOf(panel, { units, treated, before: panel.before, to: panel.periods });
    return placeboOf('unit', units[row]!, estimator(fake, options));
  });
}

/** Whether a run in which nothing happened found something: its interval leaves out 0. */
export function isApart({ low, high }: Pick<Placebo, 'low' | 'high'>): boolean {
  return low > 0 || high < 0;
}

/**
 * Why fake flights forbid to believe the real one, undefined where they do not: the last of them, nearest to the flight, found
 * something, or more than a quarter of them did (two, where there are fewer than eight). Where nothing is wrong this refuses 5–7 %
 * of panels, and it leaves false positives of the others at their level. What drifts too slowly to be seen before the flight passes
 * (Roth 2022, AER: Insights 4(3)).
 */
export function placeboRefusal(placebos: readonly Placebo[]): string | undefined {
  const inTime = placebos.filter(({ kind }) => kind === 'time');
  const apart = inTime.filter(isApart).length;
  const isLastApart = inTime.length > 0 && isApart(inTime.at(-1)!);
  if (!isLastApart && apart <= Math.max(1, inTime.length / 4)) return;
  const among = inTime.length === 1 ? 'the fake flight' : `${apart} of ${inTime.length} fake flights`;
  return `${among} before the real one found something where nothing happened${
    isLastApart && inTime.length > 1 ? ', the last among them' : ''
  }`;
}

function placeboOf(kind: Placebo['kind'], label: number, estimate: ReturnType<PanelEstimator>): Placebo[] {
  const { total, low, high } = estimate;
  return Number.isNaN(low) || Number.isNaN(high) ? [] : [{ kind, label, total, low, high }];
}
