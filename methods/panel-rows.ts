import { countText, numberText } from './figures-in-words.ts';
import type { Panel } from './panel.ts';
import { areQuietDays } from './quiet-days.ts';

/** Days as numbers since 1970-01-01, both ends included. */
export interface FlightDays {
  preFrom: number;
  preTo: number;
  from: number;
  to: number;
}

/** The rows of a panel that lie within the days before and the flight, each unit and day once. */
export interface PanelRows {
  /** Numbers of units from 0, as `units` names them. */
  unit: Int32Array;
  day: Int32Array;
  sales: Float64Array;
  cost: Float64Array;
  units: { name: string; treatedDays: number; controlDays: number }[];
  /** First and last day of the whole panel; undefined where it has no row. */
  span: { first: number; last: number } | undefined;
  /** How many rows of these days could not be read, and why the first of them; undefined where all could. */
  refused: { rows: number; first: string } | undefined;
}

/** A panel without holes, and why it may not be used. */
export interface LaidPanel {
  panel: Panel;
  /** Cost of unit u on period t, as the outcome lies in the panel. */
  cost: Float64Array;
  /** The day of each period. */
  days: Int32Array;
  /** Why no design can decide over it; undefined where nothing is wrong. */
  fault: string | undefined;
  /** Whether all days are there, so that at least the change of treated units can be told. */
  isWhole: boolean;
  /** Unit-days without a row that count as days without a sale. */
  quietDays: number;
}

/**
 * Lays the rows of a panel out as units × days: the days before, then those of the flight. A day without a row is a day without
 * a sale where `areQuietDays` finds that plausible and no row was refused; else nothing is filled in, and the fault names the first unit and day that is
 * missing and how many there are.
 *
 * @param nextDay the first day that is not known yet
 */
export function layPanel(rows: PanelRows, flight: FlightDays, nextDay: number): LaidPanel {
  const before = flight.preTo - flight.preFrom + 1;
  const periods = before + flight.to - flight.from + 1;
  const units = rows.units.length;
  const days = Int32Array.from({ length: periods }, (_, period) =>
    period < before ? flight.preFrom + period : flight.from + period - before,
  );
  const outcome = new Float64Array(units * periods).fill(Number.NaN);
  const cost = new Float64Array(units * periods).fill(Number.NaN);
  rows.day.forEach((day, row) => {
    const period = day < flight.from ? day - flight.preFrom : before + day - flight.from;
    outcome[rows.unit[row]! * periods + period] = rows.sales[row]!;
    cost[rows.unit[row]! * periods + period] = rows.cost[row]!;
  });
  const treated = Uint8Array.from(rows.units, unit => (unit.treatedDays > 0 ? 1 : 0));
  const panel = { units, periods, before, outcome, treated };
  const areQuiet = units > 0 && rows.refused === undefined && areQuietDays(panel);
  const quietDays = areQuiet ? units * periods - rows.day.length : 0;
  if (quietDays > 0) for (const values of [outcome, cost]) fillGaps(values);
  const asked =
    unfinished(flight, nextDay) ??
    outside(rows, flight) ??
    torn(rows) ??
    holes(panel, rows, days) ??
    unread(rows) ??
    negative(panel, rows);
  const isWhole = asked === undefined;
  return { panel, cost, days, fault: asked ?? withoutArm(rows), isWhole, quietDays };
}

/** A day number as people write it. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Looking every morning and stopping at the first good one would find a gain in chance alone: the flight is judged once. */
function unfinished({ from, to }: FlightDays, nextDay: number): string | undefined {
  if (nextDay > to) return undefined;
  return nextDay > from
    ? `the flight runs until ${dayText(to)}: what it returned is told once its last day is over`
    : `the flight begins on ${dayText(from)}: nothing has happened yet that could return anything`;
}

function outside({ span, units }: PanelRows, { preFrom, preTo, from, to }: FlightDays): string | undefined {
  if (span === undefined) return 'the panel has no day before the end of the interval';
  const { first, last } = span;
  const runs = `the panel runs from ${dayText(first)} to ${dayText(last)}`;
  if (last < from || first > to || units.length === 0)
    return `${runs}, and the flight from ${dayText(from)} to ${dayText(to)} lies outside of it`;
  if (first > preTo)
    return `${runs}, and has no day of the time before the flight, ${dayText(preFrom)} to ${dayText(preTo)}`;
  if (last < to) return `${runs}, and the flight ends later, on ${dayText(to)}`;
  if (first > preFrom) return `${runs}, and the days before the flight begin earlier, on ${dayText(preFrom)}`;
  return undefined;
}

function torn({ units }: PanelRows): string | undefined {
  const both = units.filter(unit => unit.treatedDays > 0 && unit.controlDays > 0);
  const [first] = both;
  if (first === undefined) return undefined;
  const others = both.length === 1 ? '' : `, and so are ${countText(both.length - 1, 'other')}`;
  return `the unit ${first.name} is treated on ${countText(first.treatedDays, 'day')} of the panel and control on ${numberText(first.controlDays)}${others}: a unit is one or the other on all days, before the flight too`;
}

function fillGaps(values: Float64Array): void {
  values.forEach((value, at) => {
    if (Number.isNaN(value)) values[at] = 0;
  });
}

function holes({ periods, outcome }: Panel, rows: PanelRows, days: Int32Array): string | undefined {
  const first = outcome.findIndex(Number.isNaN);
  if (first < 0) return undefined;
  const missing = outcome.filter(Number.isNaN).length;
  const unit = rows.units[Math.floor(first / periods)]!.name;
  const day = dayText(days[first % periods]!);
  const rest = missing === 1 ? '' : `, the first of ${numberText(missing)} such holes`;
  return `the panel has no sales of unit ${unit} on ${day}${rest}: write 0 where nothing was sold; nothing is filled in, because a guess would pass for a measurement`;
}

/** A unit of which no row can be read is no hole: it is not there at all, and its sales would be missing without a word. */
function unread({ refused }: PanelRows): string | undefined {
  if (refused === undefined) return undefined;
  const { rows, first } = refused;
  return `${countText(rows, 'row')} of the panel's days could not be read (${rows === 1 ? '' : 'the first: '}${first}), so that units may be missing: mend ${rows === 1 ? 'it' : 'them'}, or leave out what belongs to no group`;
}

/** Returned goods may outweigh a day's sales, but hardly those of weeks: then the sign is wrong. */
function negative({ units, periods, before, outcome }: Panel, rows: PanelRows): string | undefined {
  for (let unit = 0; unit < units; unit++) {
    const sales = outcome.subarray(unit * periods, (unit + 1) * periods);
    for (const part of [sales.subarray(0, before), sales.subarray(before)]) {
      const total = part.reduce((sum, value) => sum + value, 0);
      if (total < 0)
        return `the sales of unit ${rows.units[unit]!.name} over ${part.length} days add up to ${numberText(total)}, less than nothing: returned goods may outweigh the sales of a day, not of weeks`;
    }
  }
  return undefined;
}

function withoutArm({ units }: PanelRows): string | undefined {
  const treated = units.filter(unit => unit.treatedDays > 0).length;
  if (treated === units.length)
    return `there is no control: the campaign ran in ${units.length === 1 ? 'the only unit' : `all ${numberText(units.length)} units`} of the panel, so nothing is left to compare with`;
  if (treated === 0) return `none of the ${countText(units.length, 'unit')} of the panel was treated`;
  return undefined;
}
