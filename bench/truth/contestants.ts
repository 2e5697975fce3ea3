import type { PanelEstimator } from '../../methods/panel.ts';
import { unitDesigns } from '../../methods/return-designs.ts';
import { beforeAfter } from './before-after.ts';

export interface Contestant {
  name: string;
  /** Its file, whose text and imports are its version. */
  module: URL;
  estimate: PanelEstimator;
  /** Does the product let it decide? What may not is measured for comparison. */
  mayDecide: boolean;
  /** Does it learn from the days before alone, so that its interval moves by exactly what a campaign adds? */
  isShifted?: boolean;
}

/** A design as the night runs it. */
function ours(method: string, file: string, isShifted = false): Contestant {
  const { estimator, mayDecide } = unitDesigns.find(design => design.method === method)!;
  const module = new URL(`../../methods/${file}.ts`, import.meta.url);
  return { name: method, module, estimate: estimator, mayDecide, isShifted };
}

export const contestants: readonly Contestant[] = [
  {
    name: 'before/after',
    module: new URL('before-after.ts', import.meta.url),
    estimate: beforeAfter,
    mayDecide: false,
  },
  ours('randomised hold-out', 'intention-to-treat'),
  ours('synthetic control', 'synthetic-control', true),
  ours('time-based regression', 'time-based-regression', true),
  ours('synthetic difference-in-differences', 'synthetic-difference-in-differences'),
  ours('difference-in-differences', 'difference-in-differences'),
  ours('structural time series', 'structural-time-series', true),
];
