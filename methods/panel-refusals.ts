import type { Panel, PanelEstimate } from './panel.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';

/** What a design needs of a panel before it computes anything. */
export interface Needs {
  treated: number;
  control: number;
  before: number;
  /** Whether there must be more days before than the flight has. */
  moreThanFlight: boolean;
}

/** Why a design that needs this can say nothing of the panel, in one sentence with the figures; undefined where it can. */
export function refusalOf(panel: Panel, needs: Needs): string | undefined {
  const { units, periods, before, outcome, treated } = panel;
  if (outcome.length !== units * periods || treated.length !== units)
    return `the panel should hold ${units} units × ${periods} days, but holds ${outcome.length} values and ${treated.length} units`;
  const during = periods - before;
  if (during < 1) return 'the panel holds no day of the flight';
  if (before < 1) return 'the panel holds no day before the flight';
  const control = unitsOf(panel, 0).length;
  if (control === units) return 'no unit was treated';
  if (control === 0) return `there is no control: all ${units} units were treated`;
  return (
    holes(panel) ??
    tooFew('treated', units - control, needs.treated) ??
    tooFew('control', control, needs.control) ??
    tooShort(before, during, needs)
  );
}

/** Why nothing shows what moves the treated units: days that are all alike, none sold above all, follow nothing. */
export function stillRefusal(panel: Panel): string | undefined {
  const sold = totalsByPeriod(panel, unitsOf(panel, 1)).subarray(0, panel.before);
  if (sold.some(value => value !== sold[0])) return;
  return 'the treated units together sold the same on every day before the flight';
}

/** A refusal before anything could be computed. */
export function refused(refusal: string): PanelEstimate {
  const unknown = Number.NaN;
  return {
    total: unknown,
    low: unknown,
    high: unknown,
    standardError: unknown,
    freedom: unknown,
    refusal,
    placebos: [],
    path: undefined,
  };
}

/** Nothing is imputed: a sum over fewer days is another sum. */
function holes({ periods, before, outcome }: Panel): string | undefined {
  const first = outcome.findIndex(value => !Number.isFinite(value));
  if (first < 0) return;
  const count = outcome.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const unit = Math.floor(first / periods);
  const period = first - unit * periods;
  const place =
    period < before
      ? `day ${period + 1} of the ${before} before`
      : `day ${period - before + 1} of the flight`;
  return `the panel has ${count === 1 ? 'a hole' : `${count} holes`}: unit ${unit + 1} has no value on ${place}`;
}

function tooFew(arm: string, count: number, needed: number): string | undefined {
  if (count >= needed) return;
  return `${count} ${arm} unit${count === 1 ? ' is' : 's are'} too few; this design needs at least ${needed}`;
}

function tooShort(before: number, during: number, needs: Needs): string | undefined {
  const days = (count: number) => `${count} day${count === 1 ? '' : 's'}`;
  if (before < needs.before)
    return `${days(before)} before the flight are too few; this design needs at least ${needs.before}`;
  if (needs.moreThanFlight && before <= during)
    return `${days(before)} before the flight are too few for a flight of ${days(during)}; this design needs more`;
}
