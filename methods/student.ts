import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { PanelEstimate, PanelPath } from './panel.ts';

/** Quantile of Student's t; of the standard normal where `freedom` is Infinity. NaN where there is no freedom left. */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(freedom > 0)) return Number.NaN;
  return freedom === Number.POSITIVE_INFINITY
    ? normalQuantile(probability, 0, 1)
    : tQuantile(probability, freedom);
}

/** Standard errors on each side of an estimate that its two-sided interval spans. */
export function halfWidth(confidence: number, freedom: number): number {
  return studentQuantile((1 + confidence) / 2, freedom);
}

/** An estimate that was not refused, with the symmetric interval of Student's t about it; its placebos are still to come. */
export function studentEstimate(
  {
    total,
    standardError,
    freedom,
    path,
  }: { total: number; standardError: number; freedom: number; path?: PanelPath },
  confidence: number,
): PanelEstimate {
  const reach = halfWidth(confidence, freedom) * standardError;
  return {
    total,
    low: total - reach,
    high: total + reach,
    standardError,
    freedom,
    refusal: undefined,
    placebos: [],
    path,
  };
}
