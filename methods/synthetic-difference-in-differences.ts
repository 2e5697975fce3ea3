import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { type Arms, deviationsOf } from './panel-deviations.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { dayWeights, regularisation, unitWeights } from './sdid-weights.ts';
import { fewestUnits, spreadOf } from './smallest-effect.ts';
import { halfWidth } from './student.ts';

const needs = { treated: fewestUnits, control: fewestUnits, before: 14, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 4 };

/**
 * Synthetic difference-in-differences (Arkhangelsky, Athey, Hirshberg, Imbens, Wager 2021, American Economic Review 111(12)): the
 * treated units' change from the λ-weighted days before to the flight, less that of the ω-weighted controls. It assumes units that
 * differ by constant amounts and a few shared movements, and treated units that were not chosen for what was to happen to them.
 *
 * Two departures from the paper, both measured on simulated panels: the days' weights have the same ridge ζ as the units', where the
 * paper has a millionth of σ, for there λ tells few controls' flight by heart and errors come out a quarter too small; and the interval
 * of the jackknife with fixed weights (Algorithm 3) is Student's with Satterthwaite's degrees of freedom of the two arms, where
 * the paper's is normal.
 */
export const syntheticDifferenceInDifferences: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needs);
  if (refusal !== undefined) return refused(refusal);
  const estimate = weightedDifference(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(weightedDifference, panel, options),
    ...placebosOverUnits(weightedDifference, panel, options),
  ];
  return { ...estimate, refusal: placeboRefusal(placebos), placebos };
};

/** The estimate without its placebos, and refused for what the panel lacks alone. */
export function weightedDifference(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const refusal = refusalOf(panel, neededByPlacebos);
  if (refusal !== undefined) return refused(refusal);
  const { before, periods } = panel;
  const fit = sdidFit(panel);
  const { error, freedom } = jackknife(fit);
  const times = fit.treated.length * (periods - before);
  const standardError = error * times;
  if (!(standardError > 0)) return refused('all units changed alike, so that no error can be estimated');
  const total = fit.effect * times;
  const reach = halfWidth(confidence, freedom) * standardError;
  return {
    total,
    low: total - reach,
    high: total + reach,
    standardError,
    freedom,
    refusal: undefined,
    placebos: [],
    path: pathOf(panel, fit),
  };
}

export interface SdidFit {
  /** τ: the effect by treated unit and day. */
  effect: number;
  /** ω by place in the control arm and λ by day before; each sums to 1. */
  units: Float64Array;
  days: Float64Array;
  /** By unit of each arm: the mean in the flight less the λ-weighted mean before. */
  control: Float64Array;
  treated: Float64Array;
}

/**
 * The estimate alone.
 *
 * @param panel with units in both arms, at least two days before and no holes
 * @param daysRidge the ridge of λ in multiples of ζ; 0 comes next to the paper's (the least ridge that doubles can tell from none)
 */
export function sdidFit(panel: Panel, daysRidge = 1): SdidFit {
  const arms: Arms = { control: unitsOf(panel, 0), treated: unitsOf(panel, 1) };
  const deviations = deviationsOf(panel, arms.control);
  const zeta = regularisation(panel, arms);
  const units = unitWeights(panel, arms, deviations, zeta);
  const days = dayWeights(panel, arms, deviations, daysRidge * zeta);
  const changes = (some: readonly number[]) =>
    Float64Array.from(some, unit => changeOf(panel, deviations, unit, days));
  const [control, treated] = [changes(arms.control), changes(arms.treated)];
  return { effect: mean(treated) - weighted(control, units), units, days, control, treated };
}

function changeOf({ before, periods }: Panel, deviations: Float64Array, unit: number, days: Float64Array) {
  const from = unit * periods;
  let change = 0;
  for (let period = 0; period < before; period++) change -= days[period]! * deviations[from + period]!;
  for (let period = before; period < periods; period++) {
    change += deviations[from + period]! / (periods - before);
  }
  return change;
}

/**
 * Standard error by leaving out one unit after the other, weights as they are (Algorithm 3). One treated unit alone can't be left out:
 * it is taken to vary as the controls do, which is the assumption of the paper's placebo variance (Algorithm 4).
 */
function jackknife({ units, control, treated }: SdidFit): { error: number; freedom: number } {
  const count = control.length + treated.length;
  const told = weighted(control, units);
  let still = 0;
  control.forEach((change, place) => {
    still += ((units[place]! * (change - told)) / (1 - units[place]!)) ** 2;
  });
  still *= (count - 1) / count;
  if (treated.length === 1) {
    return {
      error: Math.sqrt(spreadOf(control).standardDeviation ** 2 + still),
      freedom: control.length - 1,
    };
  }
  const gain = mean(treated);
  let moved = 0;
  for (const change of treated) moved += ((change - gain) / (treated.length - 1)) ** 2;
  moved *= (count - 1) / count;
  const freedom =
    (moved + still) ** 2 / (moved ** 2 / (treated.length - 1) + still ** 2 / (control.length - 1));
  return { error: Math.sqrt(moved + still), freedom };
}

/** What the controls, by their weights and lifted to the treated units' λ-weighted level before, make one expect; no interval by day. */
function pathOf(panel: Panel, { units, days }: SdidFit): PanelPath {
  const { before, periods, outcome } = panel;
  const treated = unitsOf(panel, 1);
  const observed = totalsByPeriod(panel, treated);
  const expected = new Float64Array(periods);
  unitsOf(panel, 0).forEach((unit, place) => {
    const times = units[place]! * treated.length;
    if (times === 0) return;
    for (let period = 0; period < periods; period++) {
      expected[period]! += times * outcome[unit * periods + period]!;
    }
  });
  let lift = 0;
  for (let period = 0; period < before; period++)
    lift += days[period]! * (observed[period]! - expected[period]!);
  const none = new Float64Array(periods).fill(Number.NaN);
  return { observed, expected: expected.map(value => value + lift), low: none, high: none.slice() };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weighted(values: Float64Array, weights: Float64Array): number {
  return values.reduce((sum, value, place) => sum + value * weights[place]!, 0);
}
