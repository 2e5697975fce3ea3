import { gammaDraw, normalDraw } from './draws.ts';
import { mixtureQuantile } from './normal-mixture.ts';
import type { PanelPath } from './panel.ts';
import type { Random } from './random.ts';
import { type RegressionPriors, spikeAndSlab } from './spike-and-slab.ts';

/** In standard deviations of the series before the flight. */
export interface LevelPriors extends RegressionPriors {
  /** Guess at how far the level moves in a period (standard deviation), and how many observations it is worth. */
  step: number;
  stepWeight: number;
}

/** The priors of R's CausalImpact (Brodersen et al. 2015) and of bsts below it. */
export const usualPriors: LevelPriors = {
  step: 0.01,
  stepWeight: 32,
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

const warmUp = 200;
const draws = 1000;

/**
 * What was to be expected of a series, had nothing happened from `before` on: a level that wanders at random plus a regression on
 * controls, y_t = μ_t + x_t′β + ε_t, μ_t = μ_{t−1} + η_t (Brodersen, Gallusser, Koehler, Remy & Scott 2015, Annals of Applied
 * Statistics 9(1), 247–274). Gibbs sampling: level (Kalman filter forwards, sampling backwards: Carter & Kohn 1994), its variance,
 * then the regression.
 *
 * Given the parameters of a draw, the flight's total is normal with a mean and a variance that the filter gives, so that the
 * posterior is an even mixture of normals: no future is drawn, and 1,000 draws leave 1 to 2 % of a standard deviation of chance.
 */
export function forecastLevel(
  { outcome, controls, before }: LevelInput,
  { confidence, random, priors = usualPriors }: { confidence: number; random: Random; priors?: LevelPriors },
): LevelForecast {
  const periods = outcome.length;
  const days = periods - before;
  const scale = scaleOf(outcome, before);
  const y = standardised(outcome, scale);
  const x = controls
    .map(control => standardised(control, scaleOf(control, before)))
    .filter(control => control.every(Number.isFinite));
  const regression = spikeAndSlab(
    x.map(control => control.subarray(0, before)),
    priors,
  );
  const explained = new Float64Array(periods);
  const rest = new Float64Array(before);
  const level = new Float64Array(before);
  const filter = { mean: new Float64Array(before), variance: new Float64Array(before) };
  const totals = { mean: new Float64Array(draws), deviation: new Float64Array(draws) };
  const moments = { mean: new Float64Array(periods), square: new Float64Array(periods) };
  let stepVariance = priors.step ** 2;
  // The level begins where the regression without one leaves it.
  let { coefficients, variance } = regression.draw(y.subarray(0, before), random);

  for (let round = -warmUp; round < draws; round++) {
    explained.fill(0);
    x.forEach((control, place) => {
      const coefficient = coefficients[place]!;
      if (coefficient !== 0) for (let t = 0; t < periods; t++) explained[t]! += coefficient * control[t]!;
    });
    for (let t = 0; t < before; t++) rest[t] = y[t]! - explained[t]!;
    filterForwards(rest, y[0]!, variance, stepVariance, filter);
    const squares = sampleBackwards(filter, stepVariance, level, random);
    if (round >= 0) {
      const now = { mean: filter.mean[before - 1]!, variance: filter.variance[before - 1]! };
      let sum = 0;
      for (let t = 0; t < periods; t++) {
        const mean = explained[t]! + (t < before ? level[t]! : now.mean);
        const wandering = t < before ? 0 : now.variance + (t - before + 1) * stepVariance;
        moments.mean[t]! += mean / draws;
        moments.square[t]! += (mean * mean + variance + wandering) / draws;
        if (t >= before) sum += mean;
      }
      totals.mean[round] = sum;
      totals.deviation[round] = Math.sqrt(
        days ** 2 * now.variance + (stepVariance * days * (days + 1) * (2 * days + 1)) / 6 + days * variance,
      );
    }
    stepVariance =
      (priors.stepWeight * priors.step ** 2 + squares) /
      2 /
      gammaDraw(random, (priors.stepWeight + before - 1) / 2);
    for (let t = 0; t < before; t++) rest[t] = y[t]! - level[t]!;
    ({ coefficients, variance } = regression.draw(rest, random));
  }
  return summarised(outcome, before, scale, totals, moments, confidence);
}

/** Kalman filter of a local level that begins at `start` ± 1. */
function filterForwards(
  rest: Float64Array,
  start: number,
  variance: number,
  stepVariance: number,
  filter: { mean: Float64Array; variance: Float64Array },
): void {
  let mean = start;
  let spread = 1;
  for (let t = 0; t < rest.length; t++) {
    const gain = spread / (spread + variance);
    mean += gain * (rest[t]! - mean);
    spread *= 1 - gain;
    filter.mean[t] = mean;
    filter.variance[t] = spread;
    spread += stepVariance;
  }
}

/** Draws the level from the last period to the first; gives the sum of its squared steps. */
function sampleBackwards(
  filter: { mean: Float64Array; variance: Float64Array },
  stepVariance: number,
  level: Float64Array,
  random: Random,
): number {
  const last = level.length - 1;
  level[last] = filter.mean[last]! + Math.sqrt(filter.variance[last]!) * normalDraw(random);
  let squares = 0;
  for (let t = last - 1; t >= 0; t--) {
    const spread = filter.variance[t]!;
    const pull = spread / (spread + stepVariance);
    const mean = filter.mean[t]! + pull * (level[t + 1]! - filter.mean[t]!);
    level[t] = mean + Math.sqrt(spread * (1 - pull)) * normalDraw(random);
    squares += (level[t + 1]! - level[t]!) ** 2;
  }
  return squares;
}

/** Back in the unit of the outcome. */
function summarised(
  outcome: Float64Array,
  before: number,
  { mean, deviation }: Scale,
  totals: { mean: Float64Array; deviation: Float64Array },
  moments: { mean: Float64Array; square: Float64Array },
  confidence: number,
): LevelForecast {
  const days = outcome.length - before;
  const observed = outcome.subarray(before).reduce((sum, value) => sum + value, 0);
  const centre = totals.mean.reduce((sum, value) => sum + value, 0) / draws;
  const square = totals.mean.reduce(
    (sum, value, at) => sum + (value - centre) ** 2 + totals.deviation[at]! ** 2,
    0,
  );
  const tail = (1 - confidence) / 2;
  const expectedAt = (probability: number) =>
    mean * days + deviation * mixtureQuantile(totals.mean, totals.deviation, probability);
  const z = mixtureQuantile(Float64Array.of(0), Float64Array.of(1), 1 - tail);
  const expected = moments.mean.map(value => mean + deviation * value);
  const half = moments.square.map(
    (value, t) => z * deviation * Math.sqrt(Math.max(0, value - moments.mean[t]! ** 2)),
  );
  return {
    total: observed - (mean * days + deviation * centre),
    standardError: deviation * Math.sqrt(square / draws),
    low: observed - expectedAt(1 - tail),
    high: observed - expectedAt(tail),
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
