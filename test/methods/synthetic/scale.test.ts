import { describe, expect, it } from 'vitest';
import { scaleOf } from '../../../methods/left-out-blocks.ts';
import type { Panel } from '../../../methods/panel.ts';
import { meanOver, unitsOf } from '../../../methods/panel-sums.ts';
import { seededRandom } from '../../../methods/random.ts';
import { crossFittedControl, syntheticControl } from '../../../methods/synthetic-control.ts';
import {
  sdidFit,
  syntheticDifferenceInDifferences,
  weightedDifference,
} from '../../../methods/synthetic-difference-in-differences.ts';
import { effectsByDefinition, sdidByDefinition } from './by-definition.ts';
import { factorPanel, normal } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };
const shape = { units: 16, treated: 5, before: 70, during: 14 };

function panelOf(seed: number): Panel {
  return factorPanel(shape, seededRandom(seed, 'test', 'scale'));
}

/** Each unit by its mean before, the treated each as all of them by the mean of all: what proportions are, as a panel of amounts. */
function bySize(panel: Panel): { divided: Panel; size: number } {
  const { units, periods, before } = panel;
  const sizes = Array.from({ length: units }, (_, unit) => meanOver(panel, unit, 0, before));
  const treated = unitsOf(panel, 1);
  const size = treated.reduce((sum, unit) => sum + sizes[unit]!, 0);
  const outcome = panel.outcome.map((value, at) => {
    const [unit, period] = [Math.floor(at / periods), at % periods];
    if (panel.treated[unit] === 0) return value / sizes[unit]!;
    return treated.reduce((sum, other) => sum + panel.outcome[other * periods + period]!, 0) / size;
  });
  return { divided: { ...panel, outcome }, size };
}

describe('weights by size', () => {
  it('give in synthetic control what projected gradients give on shares of size', () => {
    for (const seed of [1, 2]) {
      const panel = panelOf(seed);
      const { divided, size } = bySize(panel);
      const effects = effectsByDefinition(divided, 14);
      const effect = effects.reduce((sum, value) => sum + value, 0) / 4;
      const { total } = crossFittedControl(panel, options, 'proportions');
      expect(total / (effect * size * 14)).toBeCloseTo(1, 5);
    }
  });

  it('give in synthetic difference-in-differences what projected gradients give on shares of size', () => {
    for (const seed of [3, 4]) {
      const panel = panelOf(seed);
      const { divided, size } = bySize(panel);
      const { effect } = sdidFit(panel, 'proportions');
      expect(effect / sdidByDefinition(divided)).toBeCloseTo(1, 8);
      const { total, path } = weightedDifference(panel, options, 'proportions');
      expect(total / (effect * size * 14)).toBeCloseTo(1, 10);
      const gaps = path!.observed.map((value, period) => value - path!.expected[period]!);
      expect(gaps.subarray(70).reduce((sum, gap) => sum + gap, 0)).toBeCloseTo(total, 6);
    }
  });

  it('leave out one treated unit after the other, each with its part of the sum', () => {
    const panel = panelOf(5);
    const { units, control, treated, arms } = sdidFit(panel, 'proportions');
    const meanWithout = (values: Float64Array, weights: number[], left: number) => {
      const kept = weights.map((weight, place) => (place === left ? 0 : weight));
      const sum = kept.reduce((all, weight) => all + weight, 0);
      return values.reduce((all, value, place) => all + value * (kept[place]! / sum), 0);
    };
    const parts = arms.treated.map(unit => arms.sizes[unit]! / arms.size);
    const effects = [
      ...treated.map((_, left) => meanWithout(treated, parts, left) - meanWithout(control, [...units], -1)),
      ...control.map((_, left) => meanWithout(treated, parts, -1) - meanWithout(control, [...units], left)),
    ];
    const everything = meanWithout(treated, parts, -1) - meanWithout(control, [...units], -1);
    const squares = effects.reduce((all, effect) => all + (effect - everything) ** 2, 0);
    const { standardError } = weightedDifference(panel, options, 'proportions');
    expect(standardError / (arms.size * 14 * Math.sqrt((squares * 15) / 16))).toBeCloseTo(1, 8);
  });

  it('are chosen where units move by shares of their size, amounts where they move by amounts or have no size', () => {
    const random = seededRandom(6, 'test', 'movement');
    const shared = Array.from({ length: 84 }, () => normal(random));
    const moving = (by: (size: number) => number): Panel => {
      const panel = panelOf(6);
      const outcome = panel.outcome.map((_, at) => {
        const unit = Math.floor(at / 84);
        // The treated are the largest, beyond all mixtures of the others.
        const size = panel.treated[unit] === 1 ? 400 + 10 * unit : 50 + 20 * unit;
        return size + by(size) * (shared[at % 84]! + 0.3 * normal(random));
      });
      return { ...panel, outcome };
    };
    const inProportion = moving(size => 0.1 * size);
    const inAmounts = moving(() => 10);
    expect(scaleOf(inProportion)).toBe('proportions');
    expect(scaleOf(inAmounts)).toBe('amounts');
    // Returned goods: the first unit's days before sum to less than nothing.
    const returned = inProportion.outcome.map((value, at) => (at < 84 ? value - 150 : value));
    expect(scaleOf({ ...inProportion, outcome: returned })).toBe('amounts');
    for (const estimator of [syntheticControl, syntheticDifferenceInDifferences]) {
      const scaled = inProportion.outcome.map(value => 7 * value);
      const { total } = estimator(inProportion, options);
      expect(estimator({ ...inProportion, outcome: scaled }, options).total / total).toBeCloseTo(7, 5);
    }
  });
});
