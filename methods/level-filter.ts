import { normalDraw } from './draws.ts';
import type { Random } from './random.ts';

/** What a level that wanders is known by: z_t = μ_t + u_t, μ_t = μ_{t−1} + η_t, u_t = φ u_{t−1} + ε_t. */
export interface LevelMotion {
  /** φ, within (−1, 1); 0 where nothing carries over. */
  carry: number;
  /** Variance of ε. */
  variance: number;
  /** Variance of η. */
  stepVariance: number;
}

/** Mean and variance of the level in each period, given the series up to it. */
export interface FilteredLevel {
  mean: Float64Array;
  variance: Float64Array;
}

/**
 * The Kalman filter of a level that begins at `start` ± 1. What carries over is known once the level is, so that one number is the
 * state: z_t − φ z_{t−1} = μ_t − φ μ_{t−1} + ε_t.
 */
export function filterLevel(
  series: Float64Array,
  start: number,
  { carry, variance, stepVariance }: LevelMotion,
  filtered: FilteredLevel,
): void {
  const first = 1 / (1 + variance / (1 - carry ** 2));
  let mean = start + first * (series[0]! - start);
  let spread = 1 - first;
  filtered.mean[0] = mean;
  filtered.variance[0] = spread;
  for (let t = 1; t < series.length; t++) {
    const together = (1 - carry) * spread + stepVariance;
    const uncertainty = (1 - carry) ** 2 * spread + stepVariance + variance;
    const surprise = series[t]! - carry * series[t - 1]! - (1 - carry) * mean;
    mean += (together / uncertainty) * surprise;
    spread += stepVariance - together ** 2 / uncertainty;
    filtered.mean[t] = mean;
    filtered.variance[t] = spread;
  }
}

/** Draws the level from the last period to the first (Carter & Kohn 1994); gives the sum of its squared steps. */
export function sampleLevel(
  series: Float64Array,
  { carry, variance, stepVariance }: LevelMotion,
  filtered: FilteredLevel,
  level: Float64Array,
  random: Random,
): number {
  const last = level.length - 1;
  level[last] = filtered.mean[last]! + Math.sqrt(filtered.variance[last]!) * normalDraw(random);
  let squares = 0;
  for (let t = last - 1; t >= 0; t--) {
    const next = level[t + 1]!;
    const carried = next - (series[t + 1]! - carry * series[t]!);
    const precision = 1 / filtered.variance[t]! + 1 / stepVariance + carry ** 2 / variance;
    const mean =
      (filtered.mean[t]! / filtered.variance[t]! + next / stepVariance + (carry * carried) / variance) /
      precision;
    level[t] = mean + normalDraw(random) / Math.sqrt(precision);
    squares += (next - level[t]!) ** 2;
  }
  return squares;
}

/** What the periods after the last one bring, given all before: mean and variance of each, and of their sum. */
export interface LevelAhead {
  mean: Float64Array;
  variance: Float64Array;
  total: number;
  totalVariance: number;
}

/** Fills `ahead`, as many periods as its arrays are long. */
export function lookAhead(
  lastValue: number,
  level: { mean: number; variance: number },
  { carry, variance, stepVariance }: LevelMotion,
  ahead: LevelAhead,
): void {
  const rest = lastValue - level.mean;
  // φ^h, Σ φ^i over i < h and Σ φ^2i over i < h; the noise of each period lives on in all after it.
  let power = 1;
  let carried = 0;
  let noise = 0;
  let noises = 0;
  let steps = 0;
  let sum = 0;
  let decay = 0;
  const periods = ahead.mean.length;
  for (let h = 1; h <= periods; h++) {
    carried += power;
    noises += carried ** 2;
    noise += power ** 2;
    power *= carry;
    steps += h ** 2;
    decay += power;
    ahead.mean[h - 1] = level.mean + power * rest;
    ahead.variance[h - 1] = (1 - power) ** 2 * level.variance + h * stepVariance + noise * variance;
    sum += ahead.mean[h - 1]!;
  }
  ahead.total = sum;
  ahead.totalVariance = (periods - decay) ** 2 * level.variance + steps * stepVariance + noises * variance;
}
