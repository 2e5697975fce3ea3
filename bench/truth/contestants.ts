import type { PanelEstimator } from '../../methods/panel.ts';
import { regression } from '../../methods/time-based-regression.ts';
import { beforeAfter } from './before-after.ts';

export interface Contestant {
  name: string;
  /** Its file, whose text and imports are its version. */
  module: URL;
  estimate: PanelEstimator;
  /** Does the product let it decide? What does not is measured for comparison. */
  mayDecide: boolean;
}

const at = (path: string) => new URL(path, import.meta.url);

export const contestants: readonly Contestant[] = [
  { name: 'before/after', module: at('before-after.ts'), estimate: beforeAfter, mayDecide: false },
  {
    name: 'time-based regression',
    module: at('../../methods/time-based-regression.ts'),
    estimate: regression,
    mayDecide: true,
  },
];
