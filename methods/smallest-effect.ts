import tQuantile from '@stdlib/stats-base-dists-t-quantile';

export const power = 0.8;
export const significance = 0.05;

/** Fewer units in an arm say too little about how units differ for any t-test to be believed. */
export const fewestUnits = 5;

export interface Design {
  /** Units that the treatment may reach. */
  treated: number;
  /** Units that are deliberately left alone. */
  control: number;
  /** Standard deviation of the outcome between units before anything was done. */
  standardDeviation: number;
}

/**
 * The smallest difference of two arms' means that a two-sided t-test finds with the wanted power: Bloom's minimum detectable
 * effect, (t_{1−α/2,ν} + t_{power,ν}) · s · √(1/n₁ + 1/n₀) with ν = n₁ + n₀ − 2 (Bloom 1995, Evaluation Review 19(5),
 * 547–556). In the unit of the outcome.
 *
 * @returns NaN with fewer than two units in an arm, or where the deviation is unknown
 */
export function smallestEffect({ treated, control, standardDeviation }: Design): number {
  if (treated < 2 || control < 2) return Number.NaN;
  const freedom = treated + control - 2;
  const multiple = tQuantile(1 - significance / 2, freedom) + tQuantile(power, freedom);
  return multiple * standardDeviation * Math.sqrt(1 / treated + 1 / control);
}

/** Mean and standard deviation (n − 1) of values; NaN where there are too few. */
export function spreadOf(values: Float64Array): { mean: number; standardDeviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, standardDeviation: Number.NaN };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Why a design can or cannot decide; the numbers are those of `fct_recruitment_holdout`. */
export const verdicts = { decides: 0, tooFewUnits: 1, noDaysBefore: 2, noDifferences: 3 } as const;

export interface Power {
  baselineMean: number;
  standardDeviation: number;
  /** NaN where the design cannot decide. */
  smallestEffect: number;
  verdict: (typeof verdicts)[keyof typeof verdicts];
}

/**
 * What an experiment over these units could find.
 *
 * @param outcome of each unit before anything was done; NaN where nothing was observed
 * @param difference what the test compares, the outcome itself or, for difference in differences, its change
 */
export function powerOf(
  outcome: Float64Array,
  difference: Float64Array,
  arms: { treated: number; control: number },
): Power {
  const { mean } = spreadOf(outcome);
  const { standardDeviation } = spreadOf(difference);
  const figures = { baselineMean: mean, standardDeviation, smallestEffect: Number.NaN };
  if (Math.min(arms.treated, arms.control) < fewestUnits)
    return { ...figures, verdict: verdicts.tooFewUnits };
  if (Number.isNaN(mean) || Number.isNaN(standardDeviation))
    return { ...figures, verdict: verdicts.noDaysBefore };
  if (standardDeviation === 0) return { ...figures, verdict: verdicts.noDifferences };
  return {
    ...figures,
    smallestEffect: smallestEffect({ ...arms, standardDeviation }),
    verdict: verdicts.decides,
  };
}
