import type { Columns } from '../engine/engine.ts';
import { power, powerOf, significance, verdicts } from '../methods/smallest-effect.ts';

/** The columns of `int_panel_units`, NaN for NULL. */
export interface PanelUnits {
  /** 1 treated, 0 control, −1 neither. */
  arm: Int32Array;
  sales: Float64Array;
  sales_change: Float64Array;
}

/** The arms of the people: who may be asked and is, who may be asked, who is held out. */
export interface PeopleArms {
  asked: number;
  available: number;
  heldOut: number;
  /** Forwards in 28 days before the flight of everybody in these arms; NaN where there were no such days. */
  forwardsBefore: Float64Array;
}

const nobodyAsked = 4;

/**
 * The table est_smallest_effects: what each design could show, before anything is spent.
 *
 * People are compared as they were drawn, all who may be asked against all held out, so that choosing among the first spoils
 * nothing; the effect on one who is asked is then the difference times available / asked.
 *
 * @param flightDays days of the flight; NaN where there is none
 */
export function smallestEffects(people: PeopleArms, panel: PanelUnits, flightDays: number): Columns {
  const { asked, available, heldOut, forwardsBefore } = people;
  const ofPeople = powerOf(forwardsBefore, forwardsBefore, { treated: available, control: heldOut });
  const rows = [
    {
      design: 0,
      available,
      asked,
      heldOut,
      ...ofPeople,
      ...(asked === 0 ? { smallestEffect: Number.NaN, verdict: nobodyAsked } : {}),
      diluted: available / asked,
      total: Number.NaN,
    },
  ];
  const inArms = [...panel.arm.keys()].filter(unit => panel.arm[unit]! >= 0);
  const treated = inArms.filter(unit => panel.arm[unit] === 1).length;
  const control = inArms.length - treated;
  const of = (values: Float64Array) => Float64Array.from(inArms, unit => values[unit]!);
  const designs = panel.arm.length === 0 ? [] : [panel.sales, panel.sales_change];
  designs.forEach((difference, place) => {
    const found = powerOf(of(panel.sales), of(difference), { treated, control });
    rows.push({
      design: place + 1,
      available: treated,
      asked: treated,
      heldOut: control,
      ...found,
      diluted: 1,
      total: found.smallestEffect * treated * flightDays,
    });
  });
  const decides = (row: (typeof rows)[number]) => row.verdict === verdicts.decides;
  return {
    design_number: Int32Array.from(rows, row => row.design),
    units_available: Int32Array.from(rows, row => row.available),
    units_asked: Int32Array.from(rows, row => row.asked),
    units_held_out: Int32Array.from(rows, row => row.heldOut),
    baseline_mean: Float64Array.from(rows, row => row.baselineMean),
    standard_deviation: Float64Array.from(rows, row => row.standardDeviation),
    smallest_effect: Float64Array.from(rows, row =>
      decides(row) ? row.smallestEffect * row.diluted : Number.NaN,
    ),
    smallest_total: Float64Array.from(rows, row => (decides(row) ? row.total : Number.NaN)),
    power: new Float64Array(rows.length).fill(power),
    significance: new Float64Array(rows.length).fill(significance),
    verdict_number: Int32Array.from(rows, row => row.verdict),
  };
}
