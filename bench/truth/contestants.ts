import { differenceInDifferences } from '../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../methods/intention-to-treat.ts';
import type { PanelEstimator } from '../../methods/panel.ts';
import { structuralForecast } from '../../methods/structural-time-series.ts';
import { syntheticControl } from '../../methods/synthetic-control.ts';
import { syntheticDifferenceInDifferences } from '../../methods/synthetic-difference-in-differences.ts';
import { timeBasedRegression } from '../../methods/time-based-regression.ts';
import { beforeAfter } from './before-after.ts';

export interface Contestant {
  name: string;
  /** Its file, whose text and imports are its version. */
  module: URL;
  estimate: PanelEstimator;
  /** Does the product let it decide? What does not is measured for comparison. */
  mayDecide: boolean;
  /** Does it learn from the days before alone, so that its interval moves by exactly what a campaign adds? */
  isShifted?: boolean;
}

function ours(name: string, file: string, estimate: PanelEstimator): Contestant {
  return { name, module: new URL(`../../methods/${file}.ts`, import.meta.url), estimate, mayDecide: true };
}

export const contestants: readonly Contestant[] = [
  {
    name: 'before/after',
    module: new URL('before-after.ts', import.meta.url),
    estimate: beforeAfter,
    mayDecide: false,
  },
  ours('randomised hold-out', 'intention-to-treat', intentionToTreat),
  { ...ours('time-based regression', 'time-based-regression', timeBasedRegression), isShifted: true },
  { ...ours('synthetic control', 'synthetic-control', syntheticControl), isShifted: true },
  ours(
    'synthetic difference-in-differences',
    'synthetic-difference-in-differences',
    syntheticDifferenceInDifferences,
  ),
  ours('difference-in-differences', 'difference-in-differences', differenceInDifferences),
  // Its placebos refuse nothing, and would take most of the time.
  { ...ours('structural time series', 'structural-time-series', structuralForecast), isShifted: true },
];
