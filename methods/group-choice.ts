import { type Gap, gapAgainstOne } from './gap-statistic.ts';
import { type KMeansEffort, kMeans } from './k-means.ts';
import { type Points, rowsOf, sampleOf, weightOf } from './points.ts';
import { predictionStrength, type Strength } from './prediction-strength.ts';
import { seededRandom } from './random.ts';
import { meanSilhouette } from './silhouette.ts';

/** Why there are as many groups as there are. */
export type Verdict =
  /** There are groups. */
  | 'groups'
  /** Not enough points for two groups. */
  | 'too few'
  /** No feature in which the points differ. */
  | 'nothing differs'
  /** No number of groups is found again in the other half of the points. */
  | 'not foretold'
  /** Evenly spread points would fall into groups as well. */
  | 'no gap';

export interface Trial {
  k: number;
  predictionStrength: Strength;
  /** Mean silhouette: reported, never decisive. NaN for one group. */
  silhouette: number;
  /** Share of the sum of squares that the groups explain. */
  explained: number;
  /** For one group and for the number that prediction strength chose; else undefined. */
  gap: Gap | undefined;
}

export interface GroupChoice {
  /** How many groups; 1 says that there are none to be told apart. */
  k: number;
  verdict: Verdict;
  /** One entry a k tried, 1 first. */
  trials: Trial[];
  /** How often evenly spread points would have done as well; undefined where prediction strength chose one group. */
  chance: number | undefined;
}

/**
 * Groups are taken for real above this prediction strength (Tibshirani & Walther: .8 to .9), and by more than the two standard
 * errors that the halvings may be off.
 */
export const leastStrength = 0.8;
/** Points, or weight, that a group must hold on average: a group too small to be halved can't be foretold. */
export const pointsPerGroup = 10;
/** More than eight groups nobody keeps apart. */
const mostGroups = 8;
/** The choice is made on a sample of this size at most: shares of pairs and of inertia are as sure there as they need be. */
const sampleSize = 2000;

/**
 * Chooses how many groups points fall into: the largest k whose prediction strength is above .8; then the gap statistic decides
 * between it and one group. One group is a valid answer.
 *
 * @param seed with `stage`, what all draws come from
 */
export function chooseGroups(points: Points, seed: number, stage: string): GroupChoice {
  const draw = (method: string) => seededRandom(seed, stage, method);
  const some = rowsOf(points, sampleOf(points.rows, sampleSize, draw('sample of the choice')));
  let weight = 0;
  for (let row = 0; row < some.rows; row++) weight += weightOf(some, row);
  const most = Math.min(mostGroups, Math.floor(weight / pointsPerGroup));
  if (most < 2) return oneGroup('too few', [untried]);
  if (points.columns === 0) return oneGroup('nothing differs', [untried]);
  const total = kMeans(some, 1, draw('k-means')).inertia;
  if (total <= 1e-12 * weight) return oneGroup('nothing differs', [untried]);
  // Half of few points has many resting places that are not the best, and trying them again is cheap.
  const restarts = Math.max(4, Math.min(40, Math.round(1000 / some.rows)));
  const effort: KMeansEffort = { restarts, rounds: 50 };
  // Few points are halved very differently from time to time, and quickly.
  const splits = Math.max(20, Math.min(1000, Math.round(100_000 / some.rows)));
  const strengthOf = (k: number) =>
    predictionStrength(some, k, draw(`prediction strength ${k}`), leastStrength, splits, effort);
  const trials = Array.from({ length: most }, (_, place): Trial => {
    const k = place + 1;
    const { labels, inertia } = kMeans(some, k, draw(`k-means ${k}`), { ...effort, restarts: 5 * restarts });
    return {
      k,
      predictionStrength: strengthOf(k),
      silhouette: meanSilhouette(some, labels),
      explained: 1 - inertia / total,
      gap: undefined,
    };
  });
  const k = trials.findLast(trial => trial.k > 1 && isForetold(trial.predictionStrength))?.k;
  if (k === undefined) return oneGroup('not foretold', trials);
  const { one, more, chance, isMore } = gapAgainstOne(some, k, draw('gap statistic'), 100, effort);
  trials[0]!.gap = one;
  trials[k - 1]!.gap = more;
  return isMore ? { k, verdict: 'groups', trials, chance } : { ...oneGroup('no gap', trials), chance };
}

function isForetold({ strength, error }: Strength): boolean {
  return strength - 2 * error > leastStrength;
}

const untried: Trial = {
  k: 1,
  predictionStrength: { strength: 1, error: 0 },
  silhouette: Number.NaN,
  explained: 0,
  gap: undefined,
};

function oneGroup(verdict: Verdict, trials: Trial[]): GroupChoice {
  return { k: 1, verdict, trials, chance: undefined };
}
