import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Panel, PanelEstimate } from '../../methods/panel.ts';
import { spreadOf } from '../../methods/smallest-effect.ts';

/**
 * Each day of the flight against the day as many days before as the flight has, in the treated units alone, as if nothing
 * else had changed and every day told something new: the paired t-test of a spreadsheet. It stands here to be seen failing.
 */
export function beforeAfter(panel: Panel, { confidence }: { confidence: number }): PanelEstimate {
  const { units, periods, before, outcome, treated } = panel;
  const days = periods - before;
  const changes = new Float64Array(days);
  for (let unit = 0; unit < units; unit++) {
    if (treated[unit] === 0) continue;
    for (let day = 0; day < days; day++) {
      const at = unit * periods + before + day;
      changes[day]! += outcome[at]! - outcome[at - days]!;
    }
  }
  const { mean, standardDeviation } = spreadOf(changes);
  const total = days * mean;
  const standardError = Math.sqrt(days) * standardDeviation;
  const half = standardError * tQuantile(0.5 + confidence / 2, days - 1);
  return {
    total,
    low: total - half,
    high: total + half,
    standardError,
    freedom: days - 1,
    refusal: days > 1 ? undefined : 'a single day says nothing about how days differ',
    placebos: [],
    path: undefined,
  };
}
