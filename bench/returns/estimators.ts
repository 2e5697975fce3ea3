import { differenceInDifferences } from '../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../methods/intention-to-treat.ts';
import type { PanelEstimator } from '../../methods/panel.ts';
import { structuralTimeSeries } from '../../methods/structural-time-series.ts';
import { crossFittedControl, syntheticControl } from '../../methods/synthetic-control.ts';
import {
  syntheticDifferenceInDifferences,
  weightedDifference,
} from '../../methods/synthetic-difference-in-differences.ts';
import { timeBasedRegression } from '../../methods/time-based-regression.ts';

export interface MeasuredMethod {
  /** With all placebos. */
  whole: PanelEstimator;
  /** The estimate with its interval alone, where it can be had. */
  alone?: PanelEstimator;
  /** What the peer of that name in peer.py is made with. */
  with: string;
}

export const methods: Record<string, MeasuredMethod> = {
  'intention-to-treat': { whole: intentionToTreat, with: 'statsmodels' },
  'time-based-regression': { whole: timeBasedRegression, with: 'statsmodels' },
  'synthetic-control': { whole: syntheticControl, alone: crossFittedControl, with: 'pysyncon' },
  'synthetic-difference-in-differences': {
    whole: syntheticDifferenceInDifferences,
    alone: weightedDifference,
    with: 'azcausal',
  },
  'difference-in-differences': { whole: differenceInDifferences, with: 'scipy' },
  'structural-time-series': { whole: structuralTimeSeries, with: 'statsmodels' },
};
