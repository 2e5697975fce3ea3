import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../methods/change.ts';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../../methods/intention-to-treat.ts';
import type { Panel, PanelEstimate } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };
const all = { intentionToTreat, differenceInDifferences, timeBasedRegression };
const byUnit = { intentionToTreat, differenceInDifferences };
const runs = { seed: 5, numRuns: 15 };

const panels = fc
  .record({ seed: fc.nat(10_000), units: fc.integer({ min: 10, max: 20 }), lasting: fc.constantFrom(0, 0.5) })
  .map(
    ({ seed, units, lasting }) =>
      randomPanel(seed, { units, treated: 5, before: 30, during: 8, lasting }).panel,
  );

const figures = ({ total, low, high, standardError }: PanelEstimate) => [total, low, high, standardError];

function expectScaled(found: PanelEstimate, expected: PanelEstimate, by: number): void {
  const width = (expected.high - expected.low) * by;
  figures(found).forEach((value, at) => {
    expect((value - figures(expected)[at]! * by) / width).toBeCloseTo(0, 6);
  });
  expect(found.freedom / expected.freedom).toBeCloseTo(1, 6);
  expect(found.refusal).toBe(expected.refusal);
}

function reordered(panel: Panel, seed: number): Panel {
  const { next } = seededRandom(seed, 'returns', 'order');
  const lots = Array.from({ length: panel.units }, () => next());
  const order = [...lots.keys()].sort((a, b) => lots[a]! - lots[b]!);
  const { periods } = panel;
  const outcome = Float64Array.from(panel.outcome, (_, at) => {
    const unit = order[Math.floor(at / periods)]!;
    return panel.outcome[unit * periods + (at % periods)]!;
  });
  return { ...panel, outcome, treated: Uint8Array.from(order, unit => panel.treated[unit]!) };
}

describe.each(Object.entries(all))('%s', (_, estimator) => {
  it('does not care in which order the units come', () => {
    fc.assert(
      fc.property(panels, fc.nat(), (panel, seed) => {
        const [mine, other] = [estimator(panel, options), estimator(reordered(panel, seed), options)];
        expectScaled(other, mine, 1);
      }),
      runs,
    );
  });

  it('says the same in another currency', () => {
    fc.assert(
      fc.property(panels, fc.double({ min: 0.001, max: 1000, noNaN: true }), (panel, rate) => {
        const other = { ...panel, outcome: panel.outcome.map(value => value * rate) };
        expectScaled(estimator(other, options), estimator(panel, options), rate);
      }),
      runs,
    );
  });

  it('finds what is added to every treated unit and day, whole', () => {
    fc.assert(
      fc.property(panels, fc.double({ min: -50, max: 50, noNaN: true }), (panel, added) => {
        const { periods, before } = panel;
        const outcome = panel.outcome.map((value, at) =>
          panel.treated[Math.floor(at / periods)] === 1 && at % periods >= before ? value + added : value,
        );
        const [mine, other] = [estimator(panel, options), estimator({ ...panel, outcome }, options)];
        expect(other.total - mine.total).toBeCloseTo(added * 5 * 8, 5);
        expect(other.standardError).toBeCloseTo(mine.standardError, 5);
      }),
      runs,
    );
  });

  it('is wider where more confidence is wanted, about the same figure', () => {
    fc.assert(
      fc.property(panels, panel => {
        const [sure, surer] = [0.8, 0.99].map(confidence => estimator(panel, { ...options, confidence }));
        expect(surer!.total).toBe(sure!.total);
        expect(surer!.low).toBeLessThan(sure!.low);
        expect(surer!.high).toBeGreaterThan(sure!.high);
      }),
      runs,
    );
  });

  it('gives the same bytes for the same panel', () => {
    const { panel } = randomPanel(3, { units: 14, treated: 6, before: 30, during: 8 });
    expect(estimator(panel, options)).toEqual(estimator(panel, options));
  });
});

it.each(Object.entries(byUnit))('%s does not see what a day adds to all units alike', (_, estimator) => {
  fc.assert(
    fc.property(
      panels,
      fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 38, maxLength: 38 }),
      (panel, shocks) => {
        const outcome = panel.outcome.map((value, at) => value + shocks[at % panel.periods]!);
        const [mine, other] = [estimator(panel, options), estimator({ ...panel, outcome }, options)];
        expect(other.total).toBeCloseTo(mine.total, 5);
        expect(other.standardError).toBeCloseTo(mine.standardError, 5);
      },
    ),
    runs,
  );
});

it('the change of before and after sees it, and all else besides the campaign', () => {
  const { panel } = randomPanel(3, { units: 10, treated: 5, before: 30, during: 8 });
  const outcome = panel.outcome.map((value, at) => (at % 38 >= 30 ? value + 7 : value));
  expect(changeOf({ ...panel, outcome }).total - changeOf(panel).total).toBeCloseTo(7 * 5 * 8, 6);
});
