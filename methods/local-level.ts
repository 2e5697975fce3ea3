import { gammaDraw, normalDraw } from './draws.ts';
import { laggedRegression } from './lagged-regression.ts';
import { filterLevel, type LevelAhead, type LevelMotion, lookAhead, sampleLevel } from './level-filter.ts';
import { mixtureQuantile } from './normal-mixture.ts';
import type { PanelPath } from './panel.ts';
import type { Random } from './random.ts';
import type { RegressionPriors } from './spike-and-slab.ts';

/** In standard deviations of the series before the flight. */
export interface LevelPriors extends RegressionPriors {
  /** Guess at how far the level moves in a period (standard deviation), and how many observations it is worth. */
  step: number;
  stepWeight: number;
  /** Whether what is left of a period carries over to the next, by a share φ of which nothing is known but −1 < φ < 1. */
  carries: boolean;
}

/** The priors of R's CausalImpact (Brodersen et al. 2015) and of bsts below it. */
export const usualPriors: LevelPriors = {
  step: 0.01,
  stepWeight: 32,
  carries: false,
  expectedSize: 3,
  variance: 0.2,
  varianceWeight: 50,
  coefficientWeight: 0.01,
};

export interface LevelInput {
  outcome: Float64Array;
  /** Series that the campaign did not reach, each as long as the outcome; those that never change before the flight say nothing. */
  controls: readonly Float64Array[];
  /** Periods before the flight, at least 3. */
  before: number;
}

export interface LevelForecast {
  /** What the flight brought beyond what was to be expected: posterior mean, standard deviation and even-tailed interval. */
  total: number;
  standardError: number;
  low: number;
  high: number;
  path: PanelPath;
}

export interface LevelOptions {
  confidence: number;
  random: Random;
  priors?: LevelPriors;
  /** Draws that count; as many again by a quarter come before them and do not. */
  draws?: number;
}

/**
 * What was to be expected of a series, had nothing happened from `before` on: a level that wanders at random plus a regression on
 * controls, y_t = μ_t + x_t′β + u_t, μ_t = μ_{t−1} + η_t (Brodersen, Gallusser, Koehler, Remy & Scott 2015, Annals of Applied
 * Statistics 9(1), 247–274), where u may carry over from one period to the next. Gibbs sampling: level, its variance, regression,
 * share carried over.
 *
 * Given the parameters of a draw, the flight's total is normal with a mean and a variance that the filter gives, so that the
 * posterior is an even mixture of normals: no future is drawn.
 */
export function forecastLevel(
  { outcome, controls, before }: LevelInput,
  { confidence, random, priors = usualPriors, draws = 1000 }: LevelOptions,
): LevelForecast {
  const periods = outcome.length;
  const scale = scaleOf(outcome, before);
  const y = standardised(outcome, scale);
  const x = controls
    .map(control => standardised(control, scaleOf(control, before)))
    .filter(control => control.every(Number.isFinite));
  const drawRegression = laggedRegression(
    x.map(control => control.subarray(0, before)),
    before,
    priors,
  );
  const explained = new Float64Array(periods);
  const rest = new Float64Array(before);
  const level = new Float64Array(before);
  const filtered = { mean: new Float64Array(before), variance: new Float64Array(before) };
  const days = periods - before;
  const ahead: LevelAhead = {
    ...{ mean: new Float64Array(days), variance: new Float64Array(days) },
    ...{ total: 0, totalVariance: 0 },
  };
  const sums = sumsOf(periods, draws);
  const motion: LevelMotion = { carry: 0, variance: 0, stepVariance: priors.step ** 2 };
  // The level begins where the regression without one leaves it.
  let regression = drawRegression(y.subarray(0, before), 0, random);

  for (let round = -Math.ceil(draws / 4); round < draws; round++) {
    motion.variance = regression.variance;
    explained.fill(0);
    x.forEach((control, place) => {
      const coefficient = regression.coefficients[place]!;
      if (coefficient !== 0) for (let t = 0; t < periods; t++) explained[t]! += coefficient * control[t]!;
    });
    for (let t = 0; t < before; t++) rest[t] = y[t]! - explained[t]!;
    filterLevel(rest, y[0]!, motion, filtered);
    const squares = sampleLevel(rest, motion, filtered, level, random);
    if (round >= 0) {
      const now = { mean: filtered.mean[before - 1]!, variance: filtered.variance[before - 1]! };
      lookAhead(rest[before - 1]!, now, motion, ahead);
      record(sums, round, { explained, level, ahead, motion, before });
    }
    if (priors.carries) motion.carry = drawCarry(rest, level, motion, random);
    motion.stepVariance =
      (priors.stepWeight * priors.step ** 2 + squares) /
      2 /
      gammaDraw(random, (priors.stepWeight + before - 1) / 2);
    for (let t = 0; t < before; t++) rest[t] = y[t]! - level[t]!;
    regression = drawRegression(rest, motion.carry, random);
  }
  return summarised(outcome, before, scale, sums, confidence);
}

/**
 * Draws the share carried over: proposed from what the periods after the first say, kept by what the first says, which comes from the
 * long run (Chib & Greenberg 1994).
 */
function drawCarry(
  series: Float64Array,
  level: Float64Array,
  { carry, variance }: LevelMotion,
  random: Random,
): number {
  let together = 0;
  let square = 0;
  for (let t = 1; t < level.length; t++) {
    const past = series[t - 1]! - level[t - 1]!;
    together += past * (series[t]! - level[t]!);
    square += past ** 2;
  }
  const proposed = together / square + Math.sqrt(variance / square) * normalDraw(random);
  if (!(Math.abs(proposed) < 1)) return carry;
  const first = (series[0]! - level[0]!) ** 2 / (2 * variance);
  const logRatio =
    0.5 * Math.log((1 - proposed ** 2) / (1 - carry ** 2)) + first * (proposed ** 2 - carry ** 2);
  return Math.log(1 - random.next()) < logRatio ? proposed : carry;
}

/** Of the flight's total by draw; of each period added up over draws. Standardised. */
interface Sums {
  totals: { mean: Float64Array; deviation: Float64Array };
  mean: Float64Array;
  square: Float64Array;
}

function sumsOf(periods: number, draws: number): Sums {
  return {
    totals: { mean: new Float64Array(draws), deviation: new Float64Array(draws) },
    mean: new Float64Array(periods),
    square: new Float64Array(periods),
  };
}

function record(
  { totals, mean, square }: Sums,
  round: number,
  now: {
    explained: Float64Array;
    level: Float64Array;
    ahead: LevelAhead;
    motion: LevelMotion;
    before: number;
  },
): void {
  const { explained, level, ahead, motion, before } = now;
  const longRun = motion.variance / (1 - motion.carry ** 2);
  const draws = totals.mean.length;
  let total = ahead.total;
  explained.forEach((value, t) => {
    const isFlight = t >= before;
    const expected = value + (isFlight ? ahead.mean[t - before]! : level[t]!);
    mean[t]! += expected / draws;
    square[t]! += (expected ** 2 + (isFlight ? ahead.variance[t - before]! : longRun)) / draws;
    if (isFlight) total += value;
  });
  totals.mean[round] = total;
  totals.deviation[round] = Math.sqrt(ahead.totalVariance);
}

/** Back in the unit of the outcome. */
function summarised(
  outcome: Float64Array,
  before: number,
  { mean, deviation }: Scale,
  sums: Sums,
  confidence: number,
): LevelForecast {
  const { totals } = sums;
  const draws = totals.mean.length;
  const days = outcome.length - before;
  const observed = outcome.subarray(before).reduce((sum, value) => sum + value, 0);
  const centre = totals.mean.reduce((sum, value) => sum + value, 0) / draws;
  const squares = totals.mean.reduce(
    (sum, value, at) => sum + (value - centre) ** 2 + totals.deviation[at]! ** 2,
    0,
  );
  const tail = (1 - confidence) / 2;
  const beyond = (probability: number) =>
    observed - (mean * days + deviation * mixtureQuantile(totals.mean, totals.deviation, probability));
  const z = mixtureQuantile(Float64Array.of(0), Float64Array.of(1), 1 - tail);
  const expected = sums.mean.map(value => mean + deviation * value);
  const half = sums.square.map(
    (value, t) => z * deviation * Math.sqrt(Math.max(0, value - sums.mean[t]! ** 2)),
  );
  return {
    total: observed - (mean * days + deviation * centre),
    standardError: deviation * Math.sqrt(squares / draws),
    low: beyond(1 - tail),
    high: beyond(tail),
    path: {
      observed: outcome.slice(),
      expected,
      low: expected.map((value, t) => value - half[t]!),
      high: expected.map((value, t) => value + half[t]!),
    },
  };
}

interface Scale {
  mean: number;
  deviation: number;
}

/** Mean and standard deviation before the flight. */
function scaleOf(values: Float64Array, before: number): Scale {
  const past = values.subarray(0, before);
  const mean = past.reduce((sum, value) => sum + value, 0) / before;
  const squares = past.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (before - 1)) };
}

function standardised(values: Float64Array, { mean, deviation }: Scale): Float64Array {
  return values.map(value => (value - mean) / deviation);
}
