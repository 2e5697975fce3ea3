import type { Panel } from './panel.ts';
import { totalsByPeriod, unitsOf } from './panel-sums.ts';

export interface Change {
  /** What the treated units sold in the flight beyond as many days of before, in the unit of the outcome. */
  total: number;
  /** `total` as a share of those days; NaN where nothing was sold before. */
  share: number;
}

/**
 * Before and after, treated units alone: never a return, as season, weather and trend are in it as well as the campaign.
 *
 * @returns NaN where the panel has no treated unit, no day on either side, or a hole
 */
export function changeOf(panel: Panel): Change {
  const { before, periods } = panel;
  const units = unitsOf(panel, 1);
  const during = periods - before;
  if (units.length === 0 || before < 1 || during < 1) return { total: Number.NaN, share: Number.NaN };
  const totals = totalsByPeriod(panel, units);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const scaled = (sum(totals.subarray(0, before)) * during) / before;
  const total = sum(totals.subarray(before)) - scaled;
  return { total, share: scaled > 0 ? total / scaled : Number.NaN };
}
