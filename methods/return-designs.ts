import { differenceInDifferences } from './difference-in-differences.ts';
import { intentionToTreat } from './intention-to-treat.ts';
import type { PanelEstimator } from './panel.ts';
import { structuralTimeSeries } from './structural-time-series.ts';
import { syntheticControl } from './synthetic-control.ts';
import { syntheticDifferenceInDifferences } from './synthetic-difference-in-differences.ts';
import { timeBasedRegression } from './time-based-regression.ts';

/** A way to tell what the campaign caused, with the strength of its evidence. */
export interface ReturnDesign {
  method: string;
  /** 1 hold-outs drawn by lot; 2 geo tests; 3 differences in differences; 4 structural time series. */
  level: 1 | 2 | 3 | 4;
  estimator: PanelEstimator;
  /** Whether only lots make its comparison the campaign's. */
  needsLot: boolean;
  /** Whether it keeps 3–7 % false positives and 93–97 % coverage at 95 % in simulated worlds (bench/TRUTH.md). */
  mayDecide: boolean;
  /** Where it may not decide: why. */
  why?: string;
}

/** Designs over the units of a panel, the best evidence first; within a level in a fixed order. */
export const unitDesigns: readonly ReturnDesign[] = [
  {
    method: 'randomised hold-out',
    level: 1,
    estimator: intentionToTreat,
    needsLot: true,
    mayDecide: true,
  },
  // Before time-based regression: where the treated were chosen, the worlds of bench/TRUTH.md show it right more often.
  {
    method: 'synthetic control',
    level: 2,
    estimator: syntheticControl,
    needsLot: false,
    mayDecide: true,
  },
  {
    method: 'time-based regression',
    level: 2,
    estimator: timeBasedRegression,
    needsLot: false,
    mayDecide: true,
  },
  {
    method: 'synthetic difference-in-differences',
    level: 3,
    estimator: syntheticDifferenceInDifferences,
    needsLot: false,
    mayDecide: true,
  },
  {
    method: 'difference-in-differences',
    level: 3,
    estimator: differenceInDifferences,
    needsLot: false,
    mayDecide: true,
  },
  {
    method: 'structural time series',
    level: 4,
    estimator: structuralTimeSeries,
    needsLot: false,
    mayDecide: false,
    why: 'this design has not been shown yet to keep its level in enough simulated worlds, so it does not decide',
  },
];

/** Designs over people drawn into arms. */
export const peopleDesigns: readonly ReturnDesign[] = [
  { method: 'people hold-out', level: 1, estimator: intentionToTreat, needsLot: true, mayDecide: true },
];
