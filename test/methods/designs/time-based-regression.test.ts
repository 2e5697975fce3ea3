import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { Panel } from '../../../methods/panel.ts';
import { returnOnInvestment } from '../../../methods/return-on-investment.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { itWith } from '../real-data.ts';
import { geoExperiment } from './geo-experiment.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };

/** Total and standard error of the published posterior, by dense matrices. */
function byMatrices({ units, periods, before, outcome, treated }: Panel): { total: number; error: number } {
  const sums = [new Array<number>(periods).fill(0), new Array<number>(periods).fill(0)];
  for (let unit = 0; unit < units; unit++)
    for (let period = 0; period < periods; period++)
      sums[treated[unit]!]![period]! += outcome[unit * periods + period]!;
  const design = new Matrix(sums[0]!.map(value => [1, value]));
  const [past, flight] = [design.subMatrix(0, before - 1, 0, 1), design.subMatrix(before, periods - 1, 0, 1)];
  const target = Matrix.columnVector(sums[1]!.slice(0, before));
  const gram = past.transpose().mmul(past);
  const line = solve(gram, past.transpose().mmul(target));
  const variance = Matrix.sub(target, past.mmul(line)).norm('frobenius') ** 2 / (before - 2);
  const ones = Matrix.ones(1, periods - before);
  const sum = ones.mmul(flight);
  const doubt = Matrix.add(flight.mmul(solve(gram, flight.transpose())), Matrix.eye(periods - before));
  return {
    total: sums[1]!.slice(before).reduce((a, b) => a + b) - sum.mmul(line).get(0, 0),
    error: Math.sqrt(variance * ones.mmul(doubt).mmul(ones.transpose()).get(0, 0)),
  };
}

describe('time-based regression', () => {
  itWith('geoexp_salesandcost.csv')(
    '[vector] GeoexperimentsResearch: 147337.1, s.e. 4625.514, iROAS 2.946742',
    () => {
      const estimate = timeBasedRegression(geoExperiment({ before: 42, periods: 70 }), options);
      expect(estimate.total).toBeCloseTo(147337.1, 1);
      expect(estimate.standardError).toBeCloseTo(4625.514, 3);
      expect(estimate.freedom).toBe(40);
      expect(estimate.refusal).toBeUndefined();
      const back = returnOnInvestment({ incremental: estimate, cost: 50_000, margin: 1, confidence: 0.95 });
      expect(back.iroas).toBeCloseTo(2.946742, 6);
      expect(back.iroasLow).toBeCloseTo(2.759772, 6);
      expect(back.iroasHigh).toBeCloseTo(3.133713, 6);
      expect(back.roi).toBeCloseTo(1.9467, 4);
    },
  );

  itWith('geoexp_salesandcost.csv')(
    '[twin] the experiment a week shorter, each figure changed by up to 1 %, by dense matrices',
    () => {
      const panel = geoExperiment({ before: 42, periods: 63 });
      const perturbed = {
        ...panel,
        outcome: panel.outcome.map((value, at) => value * (1 + (at % 11) / 1000)),
      };
      const estimate = timeBasedRegression(perturbed, options);
      const { total, error } = byMatrices(perturbed);
      expect(estimate.freedom).toBe(40);
      expect(estimate.total / total).toBeCloseTo(1, 9);
      expect(estimate.standardError / error).toBeCloseTo(1, 9);
    },
  );

  it('is the published one on days that do not resemble each other, and never surer', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const lasting = seed <= 10 ? 0 : 0.5;
      const { panel } = randomPanel(seed, { units: 12, treated: 6, before: 56, during: 14, lasting });
      const estimate = timeBasedRegression(panel, options);
      const { total, error } = byMatrices(panel);
      expect(estimate.total).toBeCloseTo(total, 4);
      if (estimate.freedom === 54) expect(estimate.standardError / error).toBeCloseTo(1, 9);
      else expect(estimate.standardError).toBeGreaterThan(error);
    }
  });

  it('names what is missing', () => {
    const { panel } = randomPanel(3, { units: 12, treated: 6, before: 28, during: 14 });
    const reasonOf = (changed: Partial<Panel>) => {
      const { total, refusal } = timeBasedRegression({ ...panel, ...changed }, options);
      expect(total).toBeNaN();
      return refusal;
    };
    const outcome = panel.outcome.slice();
    outcome[5 * 42 + 30] = Number.NaN;
    outcome[7 * 42 + 3] = Number.NaN;
    expect(reasonOf({ treated: new Uint8Array(12).fill(1) })).toBe(
      'there is no control: all 12 units were treated',
    );
    expect(reasonOf({ treated: new Uint8Array(12) })).toBe('no unit was treated');
    expect(reasonOf({ outcome })).toBe('the panel has 2 holes: unit 6 has no value on day 3 of the flight');
    expect(reasonOf({ before: 42 })).toBe('the panel holds no day of the flight');
    expect(reasonOf({ before: 0 })).toBe('the panel holds no day before the flight');
    expect(reasonOf({ before: 12 })).toBe(
      '12 days before the flight are too few; this design needs at least 14',
    );
    expect(reasonOf({ before: 20 })).toBe(
      '20 days before the flight are too few for a flight of 22 days; this design needs more',
    );
    expect(reasonOf({ outcome: outcome.map(() => 4) })).toBe(
      'the control units together sold the same on every day before the flight',
    );
  });

  it('keeps its figures, but does not decide, where the control says nothing of the treated', () => {
    const { panel } = randomPanel(4, { units: 12, treated: 6, before: 42, during: 14 });
    const outcome = panel.outcome.slice();
    // The control's days in another order: what moves the treated no longer moves them.
    for (let unit = 0; unit < 12; unit++)
      if (panel.treated[unit] === 0)
        for (let period = 0; period < 42; period++)
          outcome[unit * 56 + period] = panel.outcome[unit * 56 + ((period * 11 + 5) % 42)]!;
    const estimate = timeBasedRegression({ ...panel, outcome }, options);
    expect(estimate.refusal).toMatch(
      /^before the flight the control units do not move with the treated ones/,
    );
    expect(estimate.total).not.toBeNaN();
    expect(estimate.low).toBeLessThan(estimate.total);
  });

  it('does not decide where the control is loose and the flight at another level', () => {
    const { panel } = randomPanel(5, { units: 12, treated: 6, before: 42, during: 14 });
    const outcome = panel.outcome.map((value, at) => {
      const [unit, period] = [Math.floor(at / 56), at % 56];
      if (panel.treated[unit] === 1) return value * (period < 42 ? 1 : 1.5);
      return (value + (period < 42 ? 60 * ((period * 17) % 5) : 120)) * (period < 42 ? 1 : 1.5);
    });
    const { refusal } = timeBasedRegression({ ...panel, outcome }, options);
    expect(refusal).toMatch(
      /^the control units explain only \d+\.\d % of the treated ones' days before the flight, in which they were at another level/,
    );
  });

  it('does not decide where the treated leave the line before anything was done', () => {
    const { panel } = randomPanel(5, { units: 12, treated: 6, before: 56, during: 14, growth: 0 });
    const drifting = (share: number) =>
      panel.outcome.map((value, at) =>
        panel.treated[Math.floor(at / 70)] === 1 ? value * (1 + (share * (at % 70)) / 56) : value,
      );
    expect(timeBasedRegression(panel, options).refusal).toBeUndefined();
    const { refusal, total } = timeBasedRegression({ ...panel, outcome: drifting(0.08) }, options);
    const [, percent] = /drift away from the control's line, by \+(\d+\.\d) % over its 56 days$/.exec(
      refusal!,
    )!;
    expect(Math.abs(Number(percent) - 8)).toBeLessThan(1.5);
    expect(total).toBeGreaterThan(0);
    expect(timeBasedRegression({ ...panel, outcome: drifting(-0.08) }, options).refusal).toMatch(/by -\d/);
  });

  it('has no error where the treated are the control once more', () => {
    const units = 4;
    const outcome = Float64Array.from({ length: units * 40 }, (_, at) => 100 + ((at % 40) % 7));
    const panel = { units, periods: 40, before: 30, outcome, treated: Uint8Array.of(0, 1, 0, 1) };
    const { refusal, total } = timeBasedRegression(panel, options);
    expect(refusal).toBe(
      'the treated units follow the control exactly before the flight, so that no error can be estimated',
    );
    expect(total).toBeNaN();
  });
});
