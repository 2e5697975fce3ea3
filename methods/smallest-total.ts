import type { PanelEstimate } from './panel.ts';
import { power } from './smallest-effect.ts';
import { halfWidth, studentQuantile } from './student.ts';

/**
 * The smallest total that a design with this standard error finds with 80 % power: (t_{1−α/2,ν} + t_{power,ν}) standard errors
 * (Bloom 1995, Evaluation Review 19(5), 547–556), in the unit of the outcome. Where an interval has no degrees of freedom, half of
 * it stands for the first part as if it were normal.
 *
 * @returns NaN where there is no interval
 */
export function smallestTotal(
  { low, high, standardError, freedom }: Pick<PanelEstimate, 'low' | 'high' | 'standardError' | 'freedom'>,
  confidence: number,
): number {
  if (standardError > 0 && freedom > 0)
    return (halfWidth(confidence, freedom) + studentQuantile(power, freedom)) * standardError;
  const normal = Number.POSITIVE_INFINITY;
  return ((high - low) / 2) * (1 + studentQuantile(power, normal) / halfWidth(confidence, normal));
}
