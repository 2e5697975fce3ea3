import type { Panel } from './panel.ts';
import { hasSizes, type Scale } from './panel-deviations.ts';
import { type Donors, donorsOf, gapsOf, weightsWithout } from './synthetic-donors.ts';

/** Blocks of days before the flight that are left out in turn. Fewer make wider intervals; with more, level is lost where errors last. */
export const blocks = 4;
const week = 7;

/** A fit that has not seen one block of days. */
export interface Fold {
  from: number;
  to: number;
  /** By period, as `gapsOf` says. */
  gaps: Float64Array;
  /** Mean gap of the block. */
  level: number;
}

/** Four fits, each without one of the four blocks next to the flight. */
export function foldsOf(donors: Donors): Fold[] {
  const { before, periods } = donors.panel;
  const length = blockLength(before, periods - before);
  return Array.from({ length: blocks }, (_, block) => {
    const to = before - block * length;
    const from = to - length;
    const gaps = gapsOf(donors, weightsWithout(donors, { from, to }));
    return { from, to, gaps, level: meanOf(gaps, from, to) };
  });
}

/** As long as the flight where four such fit, else a quarter of the days before; from a fortnight on whole weeks, the rhythm of sales. */
function blockLength(before: number, during: number): number {
  const length = Math.min(during, Math.floor(before / blocks));
  return length < 2 * week ? length : length - (length % week);
}

/** Errors of the treated units' total on the days that a fit has not seen, but for their level. */
export function unseenErrors({ size }: Donors, folds: readonly Fold[]): number[] {
  return folds.flatMap(({ gaps, from, to, level }) =>
    Array.from(gaps.subarray(from, to), gap => size * (gap - level)),
  );
}

/**
 * Whether the controls tell the treated better in amounts or by size, on days that the fits have not seen. Zones mostly move in proportion to their
 * size; told in amounts, weights then lean towards small units, which are less noisy, and miss a part of any growth.
 */
export function scaleOf(panel: Panel): Scale {
  if (!hasSizes(panel)) return 'amounts';
  const error = (scale: Scale) => {
    const donors = donorsOf(panel, scale);
    return unseenErrors(donors, foldsOf(donors)).reduce((sum, value) => sum + value ** 2, 0);
  };
  return error('proportions') < error('amounts') ? 'proportions' : 'amounts';
}

/** Mean of the values from … to−1. */
export function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return sum / (to - from);
}
