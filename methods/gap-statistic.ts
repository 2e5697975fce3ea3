import { type KMeansEffort, kMeans } from './k-means.ts';
import type { Points } from './points.ts';
import { alongPrincipalAxes } from './principal-axes.ts';
import type { Random } from './random.ts';

export interface Gap {
  k: number;
  /** Mean of ln W over the reference sets, minus ln W of the points; W is the sum of squares within the groups. */
  gap: number;
  /** Standard error of that mean as the authors inflate it: s.d. × √(1 + 1/references). */
  error: number;
}

export interface GapDecision {
  one: Gap;
  more: Gap;
  /** How often evenly spread points gain as much or more by falling into k groups: (1 + sets that do) / (1 + sets). */
  chance: number;
  /** Whether there are groups. */
  isMore: boolean;
}

/**
 * Evenly spread points may gain as much this often. The authors' rule alone lets 4 in 10 such sets pass on a line, where halves
 * are always foretold; k was chosen on the same points, so the usual .05 would still let 1 in 6 pass.
 */
const mostChance = 0.01;

/**
 * Gap statistic (Tibshirani, Walther & Hastie 2001) of one group against k: how much more k groups explain of these points than
 * of points spread evenly over the same box. The box lies along the principal axes, so that one long cloud is no two groups.
 *
 * More than one where Gap(k) − error(k) > Gap(1), as the authors say, and where evenly spread points hardly ever do as well.
 *
 * @param references sets of evenly spread points to compare with
 */
export function gapAgainstOne(
  points: Points,
  k: number,
  random: Random,
  references = 100,
  effort: KMeansEffort = {},
): GapDecision {
  const turned = alongPrincipalAxes(points);
  const box = boxOf(turned);
  // Points that fall into as many places as there are groups leave nothing within them: their logarithm has a floor.
  const least = 1e-12 * kMeans(turned, 1, random).inertia;
  const logsOf = (some: Points) =>
    [1, k].map(groups => Math.log(Math.max(kMeans(some, groups, random, effort).inertia, least)));
  const own = logsOf(turned);
  const gain = own[0]! - own[1]!;
  const others: number[][] = [];
  let asGood = 0;
  // As soon as it can only be one group, a fifth of the sets is enough to tell the gaps by.
  while (others.length < references && !(others.length >= references / 5 && isTooMany(asGood, references))) {
    const logs = logsOf(evenly(turned, box, random));
    others.push(logs);
    if (logs[0]! - logs[1]! >= gain) asGood++;
  }
  const gapOf = (place: number): Gap => {
    const mean = others.reduce((sum, logs) => sum + logs[place]!, 0) / others.length;
    const variance = others.reduce((sum, logs) => sum + (logs[place]! - mean) ** 2, 0) / others.length;
    return {
      k: place === 0 ? 1 : k,
      gap: mean - own[place]!,
      error: Math.sqrt(variance * (1 + 1 / others.length)),
    };
  };
  const [one, more] = [gapOf(0), gapOf(1)];
  const chance = (1 + asGood) / (1 + others.length);
  return { one, more, chance, isMore: more.gap - more.error > one.gap && chance <= mostChance };
}

function isTooMany(asGood: number, references: number): boolean {
  return (1 + asGood) / (1 + references) > mostChance;
}

function boxOf({ values, rows, columns }: Points): { low: number; width: number }[] {
  return Array.from({ length: columns }, (_, column) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      low = Math.min(low, values[row * columns + column]!);
      high = Math.max(high, values[row * columns + column]!);
    }
    return { low, width: high - low };
  });
}

function evenly(points: Points, box: { low: number; width: number }[], random: Random): Points {
  const { rows, columns } = points;
  const values = new Float64Array(rows * columns);
  for (let at = 0; at < values.length; at++) {
    const { low, width } = box[at % columns]!;
    values[at] = low + width * random.next();
  }
  return { ...points, values };
}
