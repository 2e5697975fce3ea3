import type { Panel, PanelEstimate, PanelEstimator, PanelPath } from './panel.ts';
import { type Arms, deviationsOf, isRounding } from './panel-deviations.ts';
import { refusalOf, refused, stillRefusal } from './panel-refusals.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { dayWeights, noiseOf, unitWeights } from './sdid-weights.ts';
import { fewestUnits, spreadOf } from './smallest-effect.ts';
import { halfWidth } from './student.ts';

const needs = { treated: fewestUnits, control: fewestUnits, before: 14, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 4 };

/**
 * Synthetic difference-in-differences (Arkhangelsky, Athey, Hirshberg, Imbens, Wager 2021, American Economic Review 111(12)): the
 * treated units' change from the λ-weighted days before to the flight, less that of the ω-weighted controls. It assumes units that
 * differ by constant amounts and a few shared movements, and treated units that were not chosen for what was to happen to them.
 *
 * Two departures from the paper, because with as many controls as a campaign has its λ tells their flight by heart: the ridge of λ is σ, where
 * the paper has a millionth of it, and in the jackknife with fixed weights (Algorithm 3) the change of each control is told by a λ
 * that has not seen it. On simulated panels the paper's jackknife is a quarter too small, this one as large as the errors are.
 */
export const syntheticDifferenceInDifferences: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needs) ?? stillRefusal(panel);
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
  const times = fit.treated.length * (periods - before);
  const standardError = jackknife(fit) * times;
  if (isRounding(standardError, panel))
    return refused('all units changed alike, so that no error can be estimated');
  const total = fit.effect * times;
  const reach = halfWidth(confidence, Number.POSITIVE_INFINITY) * standardError;
  return {
    total,
    low: total - reach,
    high: total + reach,
    standardError,
    freedom: Number.POSITIVE_INFINITY,
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
  /** By treated unit: its mean in the flight less its λ-weighted mean before, in deviations. */
  treated: Float64Array;
  /** By control unit: the same, but for a constant, by a λ that has not seen it. */
  control: Float64Array;
}

/**
 * The estimate alone.
 *
 * @param panel with units in both arms, at least two days before and no holes
 */
export function sdidFit(panel: Panel): SdidFit {
  const arms: Arms = { control: unitsOf(panel, 0), treated: unitsOf(panel, 1) };
  const deviations = deviationsOf(panel, arms.control);
  const noise = noiseOf(panel, arms);
  const units = unitWeights(panel, arms, deviations, noise);
  const { weights: days, unseen: control } = dayWeights(panel, arms, deviations, noise);
  const changes = (some: readonly number[]) =>
    Float64Array.from(some, unit => changeOf(panel, deviations, unit, days));
  const treated = changes(arms.treated);
  return { effect: mean(treated) - weighted(changes(arms.control), units), units, days, control, treated };
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
 * Standard error by leaving out one unit after the other, ω as it is. One treated unit alone can't be left out: it is taken to vary as
 * the controls do, which is the assumption of the paper's placebo variance (Algorithm 4).
 */
function jackknife({ units, control, treated }: SdidFit): number {
  const count = control.length + treated.length;
  const told = weighted(control, units);
  let still = 0;
  control.forEach((change, place) => {
    still += ((units[place]! * (change - told)) / (1 - units[place]!)) ** 2;
  });
  still *= (count - 1) / count;
  if (treated.length === 1) return Math.sqrt(spreadOf(control).standardDeviation ** 2 + still);
  const gain = mean(treated);
  let moved = 0;
  for (const change of treated) moved += ((change - gain) / (treated.length - 1)) ** 2;
  return Math.sqrt((moved * (count - 1)) / count + still);
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
