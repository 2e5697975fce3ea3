import type { FlightDays, PanelRows } from '../../../methods/panel-rows.ts';
import { seededRandom } from '../../../methods/random.ts';
import type { ReturnsInput } from '../../../methods/returns.ts';

/** 2026-02-01 … 28 before, 2026-03-02 … 15 the flight; the first of March is left out. */
export const flight: FlightDays = { preFrom: 20_485, preTo: 20_512, from: 20_514, to: 20_527 };
export const daysInPanel = [
  ...Array.from({ length: 28 }, (_, day) => flight.preFrom + day),
  ...Array.from({ length: 14 }, (_, day) => flight.from + day),
];

export interface PanelOptions {
  treated?: number;
  control?: number;
  /** What each treated unit sells more a day of the flight. */
  lift?: number;
  /** What each treated unit costs a day of the flight. */
  spent?: number;
  seed?: number;
}

/** Rows of a panel: 100 a day give or take a little, all units in one weather. */
export function panelRows(options: PanelOptions = {}): PanelRows {
  const { treated = 6, control = 6, lift = 20, spent = 5, seed = 1 } = options;
  const random = seededRandom(seed, 'test', 'panel rows');
  const weather = daysInPanel.map(() => 40 * random.next());
  const units = Array.from({ length: treated + control }, (_, unit) => ({
    name: `zone-${String(unit + 1).padStart(2, '0')}`,
    treatedDays: unit < treated ? daysInPanel.length : 0,
    controlDays: unit < treated ? 0 : daysInPanel.length,
  }));
  const rows = units.flatMap((_, unit) =>
    daysInPanel.map((day, place) => {
      const runs = unit < treated && day >= flight.from;
      const sales = 80 + unit + weather[place]! + 4 * random.next() + (runs ? lift : 0);
      return { unit, day, sales, cost: runs ? spent : 0 };
    }),
  );
  return rowsOf(rows, units);
}

interface Row {
  unit: number;
  day: number;
  sales: number;
  cost: number;
}

/** The same panel with its rows changed or left out. */
export function changed(panel: PanelRows, change: (row: Row) => Row | undefined): PanelRows {
  const rows = Array.from(panel.day, (day, place) => ({
    unit: panel.unit[place]!,
    day,
    sales: panel.sales[place]!,
    cost: panel.cost[place]!,
  }));
  return rowsOf(
    rows.flatMap(row => change(row) ?? []),
    panel.units,
  );
}

function rowsOf(rows: readonly Row[], units: PanelRows['units']): PanelRows {
  const days = rows.map(row => row.day);
  return {
    unit: Int32Array.from(rows, row => row.unit),
    day: Int32Array.from(days),
    sales: Float64Array.from(rows, row => row.sales),
    cost: Float64Array.from(rows, row => row.cost),
    units,
    span: rows.length === 0 ? undefined : { first: Math.min(...days), last: Math.max(...days) },
    refused: undefined,
  };
}

/** A campaign that costs 420 by its panel: six units at 5 a day over 14 days, margin one half. */
export function returnsInput(more: Partial<ReturnsInput> = {}): ReturnsInput {
  return {
    flight,
    nextDay: flight.to + 1,
    panel: panelRows(),
    isRandom: true,
    people: { arm: new Int32Array(), before: new Float64Array(), during: new Float64Array() },
    codes: undefined,
    credit: undefined,
    costs: undefined,
    ledger: undefined,
    margin: 0.5,
    currency: 'EUR',
    confidence: 0.95,
    seed: 1,
    ...more,
  };
}
