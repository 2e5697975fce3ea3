import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../methods/change.ts';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../../methods/intention-to-treat.ts';
import type { Panel } from '../../../methods/panel.ts';
import { unitsOf } from '../../../methods/panel-sums.ts';
import { spreadOf } from '../../../methods/smallest-effect.ts';
import { halfWidth } from '../../../methods/student.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };

describe('the change from before to after', () => {
  const panel: Panel = {
    units: 3,
    periods: 5,
    before: 3,
    outcome: Float64Array.of(1, 2, 3, 10, 11, 100, 100, 100, 100, 100, 4, 4, 4, 5, 5),
    treated: Uint8Array.of(1, 0, 1),
  };

  it('is what treated units sold beyond as many days of before', () => {
    const { total, share } = changeOf(panel);
    expect(total).toBeCloseTo(21 + 10 - ((6 + 12) * 2) / 3, 12);
    expect(share).toBeCloseTo(19 / 12, 12);
  });

  it('is unknown where a side has no day, nobody was treated, or a day is missing', () => {
    expect(changeOf({ ...panel, before: 0 }).total).toBeNaN();
    expect(changeOf({ ...panel, before: 5 }).total).toBeNaN();
    expect(changeOf({ ...panel, treated: new Uint8Array(3) }).total).toBeNaN();
    expect(changeOf({ ...panel, outcome: panel.outcome.with(1, Number.NaN) }).total).toBeNaN();
    const still = panel.outcome.map((value, at) => (at % 5 < 3 ? 0 : value));
    expect(changeOf({ ...panel, outcome: still })).toEqual({ total: 31, share: Number.NaN });
  });
});

/** What is often done: a t-test on the treated units' own changes. */
function beforeAndAfter(panel: Panel): { low: number; high: number } {
  const changes = Float64Array.from(
    unitsOf(panel, 1),
    unit => changeOf({ ...panel, treated: panel.treated.map((_, other) => (other === unit ? 1 : 0)) }).total,
  );
  const { mean, standardDeviation } = spreadOf(changes);
  const reach = halfWidth(0.95, changes.length - 1) * standardDeviation * Math.sqrt(changes.length);
  const total = mean * changes.length;
  return { low: total - reach, high: total + reach };
}

describe('in forty panels whose sales grow by a fifth', () => {
  const missesOf = (lift: number) => {
    const misses = {
      beforeAndAfter: 0,
      intentionToTreat: 0,
      differenceInDifferences: 0,
      timeBasedRegression: 0,
    };
    for (let seed = 1; seed <= 40; seed++) {
      const { panel, caused } = randomPanel(seed, { units: 24, treated: 12, before: 56, during: 28, lift });
      const intervals = {
        beforeAndAfter: beforeAndAfter(panel),
        intentionToTreat: intentionToTreat(panel, options),
        differenceInDifferences: differenceInDifferences(panel, options),
        timeBasedRegression: timeBasedRegression(panel, options),
      };
      for (const name of Object.keys(misses) as (keyof typeof misses)[])
        if (intervals[name].low > caused || intervals[name].high < caused) misses[name]++;
    }
    return misses;
  };

  it('without a campaign, before and after finds one where the designs do not', () => {
    expect(missesOf(0)).toEqual({
      beforeAndAfter: 40,
      intentionToTreat: 3,
      differenceInDifferences: 2,
      timeBasedRegression: 0,
    });
  });

  it('with one that adds a twentieth, only the designs hold what it caused', () => {
    expect(missesOf(0.05)).toEqual({
      beforeAndAfter: 38,
      intentionToTreat: 2,
      differenceInDifferences: 2,
      timeBasedRegression: 0,
    });
  });
});
