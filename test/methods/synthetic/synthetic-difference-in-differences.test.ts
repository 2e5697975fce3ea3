import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawProducts } from '../../../methods/cross-products.ts';
import type { Panel } from '../../../methods/panel.ts';
import { armsOf, deviationsOf } from '../../../methods/panel-deviations.ts';
import { unitsOf } from '../../../methods/panel-sums.ts';
import { seededRandom } from '../../../methods/random.ts';
import { simplexWeights } from '../../../methods/simplex-weights.ts';
import {
  sdidFit,
  syntheticDifferenceInDifferences,
  weightedDifference,
} from '../../../methods/synthetic-difference-in-differences.ts';
import { sdidByDefinition } from './by-definition.ts';
import { factorPanel, normal, type Shape } from './panels.ts';
import { apart, type RecordedSdid, recorded } from './recorded.ts';

const options = { confidence: 0.95, seed: 1 };
const shape = { units: 20, treated: 6, before: 50, during: 14 };

function panelOf(seed: number, some: Partial<Shape> = {}): Panel {
  return factorPanel({ ...shape, ...some }, seededRandom(seed, 'test', 'sdid'));
}

describe('synthetic difference-in-differences', () => {
  it('[vector] gives weights, effect and error of an interior point method (cvxopt) on five random panels', () => {
    for (const { panel, exact } of recorded()) {
      const { units, days, effect } = sdidFit(panel, 'amounts');
      expect(apart(units, exact.omega)).toBeLessThan(1e-9);
      expect(apart(days, exact.lambda)).toBeLessThan(1e-9);
      expect(effect / exact.effect).toBeCloseTo(1, 8);
      if (exact.standardError === null) continue;
      const times = unitsOf(panel, 1).length * (panel.periods - panel.before);
      expect(
        weightedDifference(panel, options, 'amounts').standardError / times / exact.standardError,
      ).toBeCloseTo(1, 8);
    }
  });

  it('[vector] solves the paper’s problem, with its ridge, as azcausal does when it is left to converge', () => {
    for (const { panel, published, converged, azcausal } of recorded()) {
      const lambda = publishedDays(panel);
      const { units } = sdidFit(panel, 'amounts');
      expect(apart(units, converged.omega)).toBeLessThan(1e-3);
      const effect = effectBy(panel, { omega: [...units], lambda: [...lambda] });
      const error = published.standardError ?? Math.abs(published.effect);
      const others = [published.lambda, converged.lambda, azcausal.lambda];
      if (leftOver(panel, published.lambda) > 1e-6) {
        expect(effect / published.effect).toBeCloseTo(1, 6);
        // Frank–Wolfe creeps near the end: within a fiftieth of the error.
        expect(Math.abs(effect - converged.effect)).toBeLessThan(error / 50);
        for (const other of others)
          expect(leftOver(panel, lambda)).toBeLessThan(leftOver(panel, other) + 1e-6);
      } else {
        // Several λ tell the controls' flight exactly; ours is the most even one, which the paper's ridge asks for.
        expect(leftOver(panel, lambda)).toBeLessThan(1e-6);
        for (const other of others) expect(squares(lambda)).toBeLessThan(squares(other));
      }
      // The package's usual settings stop earlier and drop small weights: within an eighth.
      expect(Math.abs(effect - azcausal.effect)).toBeLessThan(error / 8);
    }
  });

  it('twin: gives the effect of projected gradients on other panels', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const panel = panelOf(seed, seed === 4 ? { treated: 1 } : seed === 5 ? { before: 12, during: 20 } : {});
      expect(sdidFit(panel, 'amounts').effect / sdidByDefinition(panel)).toBeCloseTo(1, 8);
    }
  });

  it('gives its error by leaving out units, one after the other', () => {
    const panel = panelOf(6);
    const { units, control, treated } = sdidFit(panel, 'amounts');
    const told = (left: number) => {
      const kept = control.filter((_, place) => place !== left);
      const weights = units.filter((_, place) => place !== left);
      return kept.reduce((all, change, place) => all + change * weights[place]!, 0) / sum(weights);
    };
    const gain = (left: number) => {
      const kept = treated.filter((_, place) => place !== left);
      return sum(kept) / kept.length;
    };
    const everything = gain(-1) - told(-1);
    const effects = [
      ...[...control.keys()].map(left => gain(-1) - told(left)),
      ...[...treated.keys()].map(left => gain(left) - told(-1)),
    ];
    const squares = effects.reduce((all, effect) => all + (effect - everything) ** 2, 0);
    const times = treated.length * shape.during;
    expect(weightedDifference(panel, options, 'amounts').standardError).toBeCloseTo(
      times * Math.sqrt((squares * 19) / 20),
      8,
    );
  });

  it('scales with the currency, and sees no shift of a unit nor of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e5 }), seed => {
        const panel = panelOf(seed);
        const { periods } = panel;
        const { total, standardError } = weightedDifference(panel, options, 'amounts');
        const random = seededRandom(seed, 'test', 'shift');
        const byUnit = Float64Array.from({ length: panel.units }, () => 100 * normal(random));
        const scaled = panel.outcome.map((value, at) => 5 * (value + byUnit[Math.floor(at / periods)]!));
        const moved = weightedDifference({ ...panel, outcome: scaled }, options, 'amounts');
        expect(Math.abs(moved.total / 5 - total) / standardError).toBeLessThan(1e-7);
        expect(moved.standardError / standardError).toBeCloseTo(5, 7);
        // A season that all share leaves each fit as it is, but for the noise that sets the ridges: same weights are needed.
        const lifted = panel.outcome.map((value, at) => value + 2 * (at % periods));
        expect(
          Math.abs(weightedDifference({ ...panel, outcome: lifted }, options, 'amounts').total - total) /
            standardError,
        ).toBeLessThan(1e-7);
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  it('draws a path whose distance in the flight is the total', () => {
    const panel = panelOf(7);
    const { total, path } = weightedDifference(panel, options, 'amounts');
    const gaps = path!.observed.map((value, period) => value - path!.expected[period]!);
    expect(sum(gaps.subarray(panel.before))).toBeCloseTo(total, 6);
    expect([...path!.low, ...path!.high].every(Number.isNaN)).toBe(true);
  });

  it('refuses few units but runs placebos of single ones, each with an interval', () => {
    const refusal = (some: Partial<Shape>) =>
      syntheticDifferenceInDifferences(panelOf(8, some), options).refusal;
    expect(refusal({ treated: 4 })).toBe('4 treated units are too few; this design needs at least 5');
    expect(refusal({ units: 10 })).toBe('4 control units are too few; this design needs at least 5');
    const { placebos } = syntheticDifferenceInDifferences(panelOf(9, { before: 80 }), options);
    expect(placebos.filter(({ kind }) => kind === 'unit').map(({ label }) => label)).toEqual(
      Array.from({ length: 14 }, (_, unit) => unit),
    );
    expect(placebos.filter(({ kind }) => kind === 'time').length).toBeGreaterThan(2);
    for (const { low, total, high } of placebos) expect(high - total).toBeCloseTo(total - low, 8);
  });

  it('covers the truth about as often as it says where few controls would tell λ their flight by heart', () => {
    let missed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const panel = panelOf(1000 + seed, { units: 16, treated: 8, lift: 0 });
      const { low, high } = weightedDifference(panel, options, 'amounts');
      if (low > 0 || high < 0) missed++;
    }
    expect(missed / 200).toBeGreaterThan(0.015);
    expect(missed / 200).toBeLessThan(0.085);
  });
});

/** λ with the paper's ridge of next to nothing, by our active-set method. */
function publishedDays(panel: Panel): Float64Array {
  const arms = armsOf(panel, 'amounts');
  const { control } = arms;
  const deviations = deviationsOf(panel, arms);
  const { before, periods } = panel;
  const length = control.length;
  const series = new Float64Array((before + 1) * length);
  control.forEach((unit, row) => {
    const own = deviations.subarray(unit * periods, (unit + 1) * periods);
    for (let period = 0; period < before; period++) series[period * length + row] = own[period]!;
    series[before * length + row] = sum(own.subarray(before)) / (periods - before);
  });
  return simplexWeights(rawProducts(series, { count: before + 1, length }), {
    target: before,
    donors: Int32Array.from({ length: before }, (_, period) => period),
    ridge: 0,
  });
}

/** The controls' squared errors by λ. */
function leftOver(panel: Panel, lambda: ArrayLike<number>): number {
  const changes = unitsOf(panel, 0).map(unit => changeOf(panel, unit, lambda));
  const level = sum(changes) / changes.length;
  return changes.reduce((all, change) => all + (change - level) ** 2, 0);
}

function effectBy(panel: Panel, { omega, lambda }: Pick<RecordedSdid, 'omega' | 'lambda'>): number {
  const treated = unitsOf(panel, 1);
  const gain = sum(treated.map(unit => changeOf(panel, unit, lambda))) / treated.length;
  return gain - sum(unitsOf(panel, 0).map((unit, place) => omega[place]! * changeOf(panel, unit, lambda)));
}

function changeOf({ outcome, periods, before }: Panel, unit: number, lambda: ArrayLike<number>): number {
  const own = outcome.subarray(unit * periods, (unit + 1) * periods);
  return (
    sum(own.subarray(before)) / (periods - before) -
    sum(own.subarray(0, before).map((value, at) => value * lambda[at]!))
  );
}

function squares(values: ArrayLike<number>): number {
  return sum(Array.from(values, value => value ** 2));
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((all, value) => all + value, 0);
}
