import type { PanelEstimator } from '../../methods/panel.ts';
import { structuralTimeSeries } from '../../methods/structural-time-series.ts';
import { timeBasedRegression } from '../../methods/time-based-regression.ts';
import { beforeAfter } from './before-after.ts';

export interface Contestant {
  name: string;
  /** Its file, whose text and imports are its version. */
  module: URL;
  estimate: PanelEstimator;
  /** Does the product let it decide? What does not is measured for comparison. */
  mayDecide: boolean;
}

const method = (path: string) => new URL(`../../methods/${path}.ts`, import.meta.url);

export const contestants: readonly Contestant[] = [
  {
    name: 'before/after',
    module: new URL('before-after.ts', import.meta.url),
    estimate: beforeAfter,
    mayDecide: false,
  },
  {
    name: 'time-based regression',
    module: method('time-based-regression'),
    estimate: timeBasedRegression,
    mayDecide: true,
  },
  {
    name: 'structural time series',
    module: method('structural-time-series'),
    estimate: structuralTimeSeries,
    mayDecide: true,
  },
];
