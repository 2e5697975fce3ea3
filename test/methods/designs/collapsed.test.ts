import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../../methods/intention-to-treat.ts';
import type { Panel } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };

/** People: what each spent before and during, most of them nothing; `moved` is added to who was treated. */
function people(seed: number, count: number, moved: number): Panel {
  const { next } = seededRandom(seed, 'returns', 'people');
  const outcome = new Float64Array(2 * count);
  const treated = new Uint8Array(count);
  for (let person = 0; person < count; person++) {
    treated[person] = next() < 0.8 ? 1 : 0;
    const taste = next() < 0.4 ? Math.exp(3 + next()) : 0;
    outcome[2 * person] = next() < 0.5 ? taste : 0;
    outcome[2 * person + 1] = (next() < 0.5 ? taste : 0) + (treated[person] === 1 ? moved : 0);
  }
  return { units: count, periods: 2, before: 1, outcome, treated };
}

describe('the hold-out', () => {
  it('is the difference of means less what the slope of the control gives, by dense matrices', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { panel } = randomPanel(seed, { units: 16, treated: 7, before: 20, during: 6, lift: 0.1 });
      const mean = (unit: number, from: number, to: number) =>
        panel.outcome.slice(unit * 26 + from, unit * 26 + to).reduce((a, b) => a + b) / (to - from);
      const units = [...panel.treated.keys()];
      const before = units.map(unit => mean(unit, 0, 20));
      const sorted = before.toSorted((a, b) => a - b);
      const [least, middle] = [sorted[0]!, (sorted[7]! + sorted[8]!) / 2];
      const control = units.filter(unit => panel.treated[unit] === 0);
      const weights = Matrix.diag(control.map(unit => 1 / (middle + before[unit]! - 2 * least) ** 2));
      const design = new Matrix(control.map(unit => [1, before[unit]!]));
      const target = Matrix.columnVector(control.map(unit => mean(unit, 20, 26)));
      const weighted = design.transpose().mmul(weights);
      const line = solve(weighted.mmul(design), weighted.mmul(target));
      const beyond = (arm: number) => {
        const members = units.filter(unit => panel.treated[unit] === arm);
        const rests = members.map(unit => mean(unit, 20, 26) - line.get(1, 0) * before[unit]!);
        return rests.reduce((a, b) => a + b) / members.length;
      };
      const total = 7 * (beyond(1) - beyond(0));
      expect(intentionToTreat(panel, options).total / (6 * total)).toBeCloseTo(1, 9);
    }
  });

  it('covers what 400 people were moved by, from one sum before and one during', () => {
    let covered = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const panel = people(seed, 400, 2);
      const { low, high, refusal } = intentionToTreat(panel, options);
      expect(refusal).toBeUndefined();
      const moved = 2 * panel.treated.reduce((sum, one) => sum + one, 0);
      if (low <= moved && moved <= high) covered++;
    }
    expect(covered).toBe(20);
  });

  it('takes a level line where nobody had anything before', () => {
    const panel = people(7, 200, 3);
    const outcome = panel.outcome.map((value, at) => (at % 2 === 0 ? 0 : value));
    const sums = [0, 0];
    const counts = [0, 0];
    panel.treated.forEach((arm, person) => {
      sums[arm]! += outcome[2 * person + 1]!;
      counts[arm]!++;
    });
    const { total } = intentionToTreat({ ...panel, outcome }, options);
    expect(total).toBeCloseTo(counts[1]! * (sums[1]! / counts[1]! - sums[0]! / counts[0]!), 6);
  });

  it('needs five an arm who had anything at all', () => {
    const panel = people(7, 200, 0);
    let buyers = 0;
    const outcome = panel.outcome.map((value, at) => {
      const counts = at % 2 === 1 && value > 0 && panel.treated[(at - 1) / 2] === 0;
      return counts && ++buyers > 4 ? 0 : value;
    });
    const controls = panel.treated.filter(arm => arm === 0).length;
    const { refusal, total } = intentionToTreat({ ...panel, outcome }, options);
    expect(refusal).toBe(
      `only 4 of ${controls} control units had anything in the flight; this design needs at least 5`,
    );
    expect(total).not.toBeNaN();
  });

  it('needs five units an arm, and units that differ', () => {
    const { panel } = randomPanel(2, { units: 12, treated: 4, before: 20, during: 6 });
    const few = intentionToTreat(panel, options);
    expect(few.refusal).toBe('4 treated units are too few; this design needs at least 5');
    expect(few.total).toBeNaN();
    const treated = Uint8Array.from({ length: 12 }, (_, unit) => (unit < 6 ? 1 : 0));
    const alike = intentionToTreat({ ...panel, treated, outcome: panel.outcome.map(() => 5) }, options);
    expect(alike.refusal).toBe('the units differ in nothing, so that no error can be estimated');
  });
});

describe('differences in differences', () => {
  it('refuses arms of different size whose sales grew, where the scale decides', () => {
    const { panel } = randomPanel(2, {
      units: 40,
      treated: 20,
      before: 56,
      during: 14,
      skew: 0.1,
      growth: 0,
    });
    // All grow by a fifth from the first day of the flight on, and treated units are half as large again.
    const outcome = panel.outcome.map((value, at) => {
      const larger = panel.treated[Math.floor(at / 70)] === 1 ? 1.5 : 1;
      return value * larger * (at % 70 < 56 ? 1 : 1.2);
    });
    const estimate = differenceInDifferences({ ...panel, outcome }, options);
    expect(estimate.refusal).toMatch(
      /^treated units differ in size from the control \(\+\d+ %\), whose sales changed by \+\d+ %: whether both/,
    );
    expect(estimate.total).not.toBeNaN();
  });

  it('refuses arms that drift apart before the flight', () => {
    const { panel } = randomPanel(2, { units: 24, treated: 12, before: 84, during: 14, skew: 0.2 });
    const outcome = panel.outcome.map((value, at) =>
      panel.treated[Math.floor(at / 98)] === 1 ? value * (1 + (at % 98) / 200) : value,
    );
    const { refusal, placebos } = differenceInDifferences({ ...panel, outcome }, options);
    expect(placebos.filter(({ kind, low }) => kind === 'time' && low > 0).length).toBeGreaterThan(1);
    expect(refusal).toMatch(/fake flights before the real one found something where nothing happened/);
  });

  it('needs days enough for a fake flight, or nothing tells whether the arms move alike', () => {
    const { panel } = randomPanel(2, { units: 12, treated: 6, before: 16, during: 4 });
    expect(differenceInDifferences(panel, options).refusal).toBe(
      '16 days before the flight are too few; this design needs at least 17',
    );
    const alike = randomPanel(2, { units: 12, treated: 6, before: 17, during: 4 }).panel;
    expect(differenceInDifferences({ ...alike, outcome: alike.outcome.map(() => 1) }, options).refusal).toBe(
      'all units changed alike, so that no error can be estimated',
    );
  });
});
