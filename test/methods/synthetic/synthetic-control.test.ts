import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Panel, PanelEstimate } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';
import { crossFittedControl, syntheticControl } from '../../../methods/synthetic-control.ts';
import { donorsOf } from '../../../methods/synthetic-donors.ts';
import { effectsByDefinition } from './by-definition.ts';
import { factorPanel, normal } from './panels.ts';
import { apart, isRecordOfPanels, recorded } from './recorded.ts';

const options = { confidence: 0.95, seed: 1 };
const shape = { units: 14, treated: 4, before: 63, during: 14 };

function panelOf(seed: number, some: Partial<typeof shape> = {}): Panel {
  return factorPanel({ ...shape, ...some }, seededRandom(seed, 'test', 'control'));
}

describe('synthetic control', () => {
  it('[vector] gives the weights of an interior point method (cvxopt) and of pysyncon on five random panels', () => {
    expect(isRecordOfPanels()).toBe(true);
    for (const { panel, controlWeights, pysyncon } of recorded()) {
      const { weights } = donorsOf(panel, 'amounts');
      expect(apart(weights, controlWeights)).toBeLessThan(2e-8);
      // SLSQP in the package ends as soon as a step gains less than 1e-6.
      expect(apart(weights, pysyncon)).toBeLessThan(5e-4);
    }
  });

  it('[vector] gives the totals and intervals of the t-test by its definition, with cvxopt and scipy', () => {
    for (const { panel, crossFitted } of recorded()) {
      const estimate = crossFittedControl(panel, options, 'amounts');
      if (crossFitted === null) {
        expect(estimate.refusal).toBe('19 days before the flight are too few; this design needs at least 56');
        continue;
      }
      for (const name of ['total', 'low', 'high', 'standardError'] as const) {
        expect(estimate[name] / crossFitted[name]).toBeCloseTo(1, 6);
      }
    }
  });

  it('twin: gives the totals of projected gradients on other panels', () => {
    for (const seed of [1, 2, 3]) {
      const panel = panelOf(seed);
      const effects = effectsByDefinition(panel, 14);
      const effect = effects.reduce((sum, value) => sum + value, 0) / 4;
      const variance = effects.reduce((sum, value) => sum + (value - effect) ** 2, 0) / 3;
      const { total, standardError } = crossFittedControl(panel, options, 'amounts');
      expect(total / (effect * 4 * 14)).toBeCloseTo(1, 5);
      expect(standardError / (4 * 14 * Math.sqrt(((1 + 4) * variance) / 4))).toBeCloseTo(1, 5);
    }
  });

  it('lets no shorter blocks make it surer than days that last allow', () => {
    const panel = panelOf(10, { before: 63, during: 28 });
    const effects = effectsByDefinition(panel, 14);
    const effect = effects.reduce((sum, value) => sum + value, 0) / 4;
    const variance = effects.reduce((sum, value) => sum + (value - effect) ** 2, 0) / 3;
    const { standardError } = crossFittedControl(panel, options, 'amounts');
    expect(standardError / (4 * 28 * Math.sqrt(((1 + 4 * Math.SQRT1_2) * variance) / 4))).toBeCloseTo(1, 5);
  });

  it('finds what was put in where the controls tell the treated but for little', () => {
    const panel = panelOf(4, { units: 24 });
    const { periods, before } = panel;
    const random = seededRandom(4, 'test', 'little');
    // The treated become mixtures of controls, plus 7 a day in the flight.
    panel.treated.forEach((isTreated, unit) => {
      if (isTreated === 0) return;
      for (let period = 0; period < periods; period++) {
        const told = [0, 1, 2, 3].reduce(
          (sum, other) => sum + panel.outcome[other * periods + period]! / 4,
          0,
        );
        panel.outcome[unit * periods + period] = told + 50 + 0.1 * normal(random) + (period < before ? 0 : 7);
      }
    });
    const { total, low, high, refusal } = syntheticControl(panel, options);
    expect(refusal).toBeUndefined();
    expect(low).toBeLessThan(7 * 4 * 14);
    expect(high).toBeGreaterThan(7 * 4 * 14);
    expect(total / (7 * 4 * 14)).toBeCloseTo(1, 2);
  });

  it('scales with the currency, sees no shift of a unit nor of a day, and no order of units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e5 }), seed => {
        const panel = panelOf(seed);
        const { periods } = panel;
        const estimate = crossFittedControl(panel, options, 'amounts');
        const random = seededRandom(seed, 'test', 'shift');
        const byUnit = Float64Array.from({ length: panel.units }, () => 100 * normal(random));
        const byDay = Float64Array.from({ length: periods }, () => 100 * normal(random));
        const moved = panel.outcome.map(
          (value, at) => 3 * (value + byUnit[Math.floor(at / periods)]! + byDay[at % periods]!),
        );
        expectTimes(crossFittedControl({ ...panel, outcome: moved }, options, 'amounts'), estimate, 3);
        expectTimes(crossFittedControl(reversed(panel), options, 'amounts'), estimate, 1);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it('draws a path whose distance in the flight is the total, and whose days before lie within its interval as often as it says', () => {
    const panel = panelOf(6, { before: 280 });
    const { total, path } = crossFittedControl(panel, options, 'amounts');
    const { observed, expected, low, high } = path!;
    const gaps = observed.map((value, period) => value - expected[period]!);
    expect(gaps.subarray(panel.before).reduce((sum, gap) => sum + gap, 0)).toBeCloseTo(total, 6);
    const outside = observed
      .subarray(0, panel.before)
      .filter((value, at) => value < low[at]! || value > high[at]!);
    expect(outside.length / panel.before).toBeLessThan(0.09);
    expect(outside.length / panel.before).toBeGreaterThan(0.01);
  });

  it('refuses where it has no right to speak', () => {
    const refusal = (panel: Panel) => syntheticControl(panel, options).refusal;
    const panel = panelOf(7);
    expect(refusal({ ...panel, treated: panel.treated.map(() => 1) })).toBe(
      'there is no control: all 14 units were treated',
    );
    expect(refusal(panelOf(7, { units: 8 }))).toBe(
      '4 control units are too few; this design needs at least 5',
    );
    expect(refusal(panelOf(7, { before: 200, during: 250 }))).toBe(
      '200 days before the flight are too few; this design needs at least 504',
    );
    const hole = panel.outcome.slice();
    hole[77 * 2 + 70] = Number.NaN;
    expect(refusal({ ...panel, outcome: hole })).toBe(
      'the panel has a hole: unit 3 has no value on day 8 of the flight',
    );
    const same = panel.outcome.map((_, at) => at % 77);
    expect(refusal({ ...panel, outcome: same })).toBe(
      'the controls tell the treated without error, so that no error can be estimated',
    );
  });

  it('refuses treated units that go their own way', () => {
    const panel = panelOf(8);
    const own = panel.outcome.map((value, at) => {
      const day = at % panel.periods;
      return panel.treated[Math.floor(at / panel.periods)] === 1 ? value + 400 * Math.sin(day / 3) : value;
    });
    const { refusal, total } = syntheticControl({ ...panel, outcome: own }, options);
    expect(refusal).toMatch(
      /^the best weights of the 10 control units leave over 9\d % of the treated units' variance before the flight$/,
    );
    expect(total).not.toBeNaN();
  });

  it('refuses treated units that are told worse than every control, and says both figures', () => {
    const panel = panelOf(5);
    const { periods } = panel;
    const random = seededRandom(9, 'test', 'worse');
    // Controls are one series but for little; the treated have as much of their own as they share.
    const shared = Float64Array.from({ length: periods }, () => normal(random));
    const own = shared.map(() => 1.5 * normal(random));
    const outcome = panel.outcome.map((_, at) => {
      const [unit, day] = [Math.floor(at / periods), at % periods];
      const value = 100 + shared[day]! + 0.05 * normal(random);
      return panel.treated[unit] === 1 ? value + own[day]! : value;
    });
    expect(syntheticControl({ ...panel, outcome }, options).refusal).toMatch(
      /^the best weights of the 10 control units leave over [5-8]\d % of the treated units' variance before the flight, but at most \d % of a control unit's$/,
    );
  });
});

function expectTimes(one: PanelEstimate, other: PanelEstimate, times: number): void {
  for (const name of ['total', 'low', 'high', 'standardError'] as const) {
    const scale = times * (Math.abs(other.total) + other.standardError);
    expect(Math.abs(one[name] - times * other[name]) / scale).toBeLessThan(1e-5);
  }
}

function reversed(panel: Panel): Panel {
  const { units, periods } = panel;
  const outcome = new Float64Array(panel.outcome.length);
  for (let unit = 0; unit < units; unit++) {
    outcome.set(panel.outcome.subarray(unit * periods, (unit + 1) * periods), (units - 1 - unit) * periods);
  }
  return { ...panel, outcome, treated: panel.treated.slice().reverse() };
}
