import type { Panel, PanelEstimate, PanelEstimator } from './panel.ts';
import { isRounding } from './panel-deviations.ts';
import { refusalOf, refused } from './panel-refusals.ts';
import { meanOver, unitsOf } from './panel-sums.ts';
import { placeboRefusal, placebosInTime, placebosOverUnits } from './placebos.ts';
import { fewestUnits } from './smallest-effect.ts';
import { studentEstimate } from './student.ts';
import { robustVariance, type WeightedLine, weightedLine } from './weighted-line.ts';

const needs = { treated: fewestUnits, control: fewestUnits, before: 1, moreThanFlight: false };
const neededByPlacebos = { ...needs, treated: 1, control: 3 };

/**
 * What was caused by offering the treatment to units drawn by lot, whether or not it reached them.
 *
 * Difference of the arms' mean day of the flight, less what the arms differed before × the slope of the flight on the days before
 * among the control units; total = that × treated units × days of the flight. It is the regression with an interaction of Lin (2013,
 * Annals of Applied Statistics 7(1)), read at the treated units' own mean, because the sum over those units is wanted: read at
 * everybody's mean it is another sum wherever larger units gain more.
 *
 * Units of sales differ in size, and what they do by chance differs with it: the slope is fitted with weights 1 / (m − l + x − l)²,
 * x the mean of the days before, m and l its median and least over the units (a day that adds the same to all changes nothing).
 * Neither the difference, of plain means, nor its variance rely on them: HC2 in each arm, with degrees of freedom by Bell & McCaffrey
 * (2002). Both were chosen by false positives in simulated panels of 5 to 100 units an arm: unweighted HC2 finds too much among
 * skewed sizes, HC3 too little among few units, and a weighted line instead of means errs where the relation is no line, as among
 * people who mostly buy nothing.
 *
 * Assumes: units drawn by lot, none affected by what others got, at least 5 in each arm. Works with one period before and one of
 * the flight, where the units are people.
 */
export const intentionToTreat: PanelEstimator = (panel, options) => {
  const refusal = refusalOf(panel, needs);
  if (refusal !== undefined) return refused(refusal);
  const estimate = adjustedDifference(panel, options);
  if (estimate.refusal !== undefined) return estimate;
  const placebos = [
    ...placebosInTime(adjustedDifference, panel, options),
    ...placebosOverUnits(adjustedDifference, panel, options),
  ];
  return { ...estimate, refusal: rareRefusal(panel) ?? placeboRefusal(placebos), placebos };
};

interface Arm {
  x: Float64Array;
  y: Float64Array;
  weights: Float64Array;
  line: WeightedLine;
}

function adjustedDifference(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const refusal = refusalOf(panel, neededByPlacebos);
  if (refusal !== undefined) return refused(refusal);
  const { units, before, periods } = panel;
  const all = Array.from({ length: units }, (_, unit) => unit);
  const x = Float64Array.from(all, unit => meanOver(panel, unit, 0, before));
  const y = Float64Array.from(all, unit => meanOver(panel, unit, before, periods));
  const weights = weightsOf(x);
  const armOf = (members: number[]): Arm => {
    const pick = (values: Float64Array) => Float64Array.from(members, unit => values[unit]!);
    const own = { x: pick(x), y: pick(y), weights: pick(weights) };
    return { ...own, line: weightedLine(own.x, own.y, own.weights) };
  };
  const [treated, control] = [armOf(unitsOf(panel, 1)), armOf(unitsOf(panel, 0))];

  const count = treated.x.length;
  const size = meanOf(treated.x);
  const sizeOfControl = meanOf(control.x);
  const perSquare = control.line.squares === 0 ? 0 : 1 / control.line.squares;
  const multiples = control.x.map(
    (value, unit) =>
      count *
      (1 / control.x.length +
        (size - sizeOfControl) * control.weights[unit]! * (value - control.line.mean) * perSquare),
  );
  const parts = [
    robustVariance(control.line, control.x, control.weights, multiples),
    count < 3
      ? lent(control, treated)
      : robustVariance(
          treated.line,
          treated.x,
          treated.weights,
          treated.x.map(() => 1),
        ),
  ];
  const sumOf = (part: 'variance' | 'trace' | 'traceOfSquare') => parts[0]![part] + parts[1]![part];

  const days = periods - before;
  const difference = meanOf(treated.y) - meanOf(control.y);
  const total = days * count * (difference - control.line.slope * (size - sizeOfControl));
  const standardError = days * Math.sqrt(sumOf('variance'));
  if (isRounding(standardError, panel))
    return refused('the units differ in nothing, so that no error can be estimated');
  const freedom = sumOf('trace') ** 2 / sumOf('traceOfSquare');
  return studentEstimate({ total, standardError, freedom }, confidence);
}

/** Means of many nothings and a few sums have no error that a t-test could know. */
function rareRefusal(panel: Panel): string | undefined {
  const { before, periods } = panel;
  for (const arm of [1, 0] as const) {
    const units = unitsOf(panel, arm);
    const active = units.filter(unit => meanOver(panel, unit, before, periods) !== 0).length;
    if (active < fewestUnits)
      return `only ${active} of ${units.length} ${arm === 1 ? 'treated' : 'control'} units had anything in the flight; this design needs at least ${fewestUnits}`;
  }
  return;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weightsOf(x: Float64Array): Float64Array {
  const sorted = x.toSorted();
  const least = sorted[0]!;
  const middle = (sorted[(x.length - 1) >> 1]! + sorted[x.length >> 1]!) / 2;
  // Where half of the units had nothing, how far the mean lies above that says what is usual.
  const usual = middle > least ? middle - least : meanOf(x) - least;
  return usual === 0 ? x.map(() => 1) : x.map(value => (usual / (usual + value - least)) ** 2);
}

/** The variance of one or two treated units, who show none of their own: that of the control units, by weight. */
function lent(control: Arm, treated: Arm): ReturnType<typeof robustVariance> {
  const freedom = control.x.length - 2;
  const squares = control.line.residuals.reduce(
    (sum, value, unit) => sum + control.weights[unit]! * value ** 2,
    0,
  );
  const trace = treated.weights.reduce((sum, weight) => sum + 1 / weight, 0);
  return { variance: (squares / freedom) * trace, trace, traceOfSquare: trace ** 2 / freedom };
}
