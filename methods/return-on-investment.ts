import { halfWidth } from './student.ts';

export interface ReturnInput {
  /** Revenue caused, in currency; `low` and `high` its interval at `confidence`, `standardError` NaN where the method has none. */
  incremental: { total: number; low: number; high: number; standardError: number; freedom: number };
  cost: number;
  /** 0 where the cost is a sum of invoices; above where it was estimated. */
  costStandardError?: number;
  /** Of the errors of incremental revenue and cost. */
  covariance?: number;
  /** Share of revenue that is left after the goods, 0..1; NaN where unknown. */
  margin: number;
  confidence: number;
}

export interface ReturnOutput {
  /** (incremental × margin − cost) / cost; all three NaN without a margin. */
  roi: number;
  roiLow: number;
  roiHigh: number;
  /** Incremental revenue / cost. */
  iroas: number;
  iroasLow: number;
  iroasHigh: number;
  /** Fieller's g: the squared ratio of the cost's half interval to the cost; 0 where the cost is fixed. */
  g: number;
  /** g ≥ 1: the cost cannot be told from nothing, and no bounded interval exists. */
  isUnbounded: boolean;
}

/**
 * What came back for what was spent. A fixed cost scales the interval of the revenue; an estimated one takes Fieller's (1954, JRSS B
 * 16(2)): all ratios R for which incremental − R · cost is not told from 0, by the quantile of Student's t with the revenue's
 * degrees of freedom. Where revenue has an interval without a standard error and cost is estimated, no interval of the ratio is known.
 *
 * @returns NaN for every figure where cost is not above 0
 */
export function returnOnInvestment(input: ReturnInput): ReturnOutput {
  const { incremental, cost, margin } = input;
  if (!(cost > 0)) return figures(Number.NaN, [Number.NaN, Number.NaN], margin, 0);
  const iroas = incremental.total / cost;
  const { costStandardError = 0 } = input;
  if (costStandardError === 0)
    return figures(iroas, [incremental.low / cost, incremental.high / cost], margin, 0);
  const quantile = halfWidth(input.confidence, incremental.freedom);
  const { g, bounds } = fieller({
    quantile,
    above: incremental.total,
    below: cost,
    aboveVariance: incremental.standardError ** 2,
    belowVariance: costStandardError ** 2,
    covariance: input.covariance ?? 0,
  });
  return figures(iroas, bounds, margin, g);
}

function figures(iroas: number, [low, high]: [number, number], margin: number, g: number): ReturnOutput {
  const roiOf = (ratio: number) => ratio * margin - 1;
  return {
    roi: roiOf(iroas),
    roiLow: roiOf(low),
    roiHigh: roiOf(high),
    iroas,
    iroasLow: low,
    iroasHigh: high,
    g,
    isUnbounded: g >= 1,
  };
}

interface Ratio {
  quantile: number;
  above: number;
  below: number;
  aboveVariance: number;
  belowVariance: number;
  covariance: number;
}

/** The roots of (above − R·below)² = q² (var above − 2R·cov + R²·var below); no bounds at g ≥ 1. */
function fieller({ quantile, above, below, aboveVariance, belowVariance, covariance }: Ratio): {
  g: number;
  bounds: [number, number];
} {
  const q = quantile ** 2;
  const g = (q * belowVariance) / below ** 2;
  if (!(g < 1)) return { g, bounds: [Number.NaN, Number.NaN] };
  const a = below ** 2 - q * belowVariance;
  const b = above * below - q * covariance;
  const c = above ** 2 - q * aboveVariance;
  const root = Math.sqrt(b ** 2 - a * c);
  return { g, bounds: [(b - root) / a, (b + root) / a] };
}
