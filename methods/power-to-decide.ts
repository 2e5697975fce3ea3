import { power } from './smallest-effect.ts';
import { halfWidth, studentQuantile } from './student.ts';

/**
 * What a campaign would have to bring back, as a multiple of what pays for it, before a design that misses it may say nothing.
 * At 3, a campaign that just pays for itself is .93 standard errors away from having done nothing: seen in 15 of 100 cases, and what
 * is seen then is 2.6 times too much on average (Gelman & Carlin 2014, Perspectives on Psychological Science 9(6)).
 */
export const mostTimesBreakEven = 3;

interface Precision {
  low: number;
  high: number;
  /** NaN where the method has none. */
  standardError: number;
  /** NaN where the method has none. */
  freedom: number;
}

/**
 * The total that a design with this error would tell from nothing with a power of 80 %: (t_{(1+confidence)/2,ν} + t_{.8,ν}) standard
 * errors (Bloom 1995). Where the method has an interval only, its half is taken for that of a normal.
 *
 * @returns NaN where neither is known
 */
export function smallestTotal({ low, high, standardError, freedom }: Precision, confidence: number): number {
  if (Number.isNaN(standardError) || Number.isNaN(freedom)) {
    const normal = Number.POSITIVE_INFINITY;
    return ((high - low) / 2) * (1 + studentQuantile(power, normal) / halfWidth(confidence, normal));
  }
  return standardError * (halfWidth(confidence, freedom) + studentQuantile(power, freedom));
}

/**
 * Why a design is too weak to decide, undefined where it is not: the smallest total that it finds is over three times what would
 * pay for the campaign. It looks at the error only, never at what was found: a rule that let lucky designs through would let
 * chance choose the headline.
 *
 * @param margin share of revenue that is left after the goods; NaN where unknown, and then nothing is refused
 */
export function powerRefusal(smallest: number, cost: number, margin: number): string | undefined {
  const times = (smallest * margin) / cost;
  if (!(cost > 0) || !(times > mostTimesBreakEven)) return;
  return `it would find only a campaign that brings back ${times.toFixed(1)} times what pays for it, and more than ${mostTimesBreakEven} times is too much to ask of one`;
}
