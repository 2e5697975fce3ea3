import { describe, expect, it } from 'vitest';
import { shifted } from '../../bench/truth/cells.ts';
import { contestants } from '../../bench/truth/contestants.ts';
import { measure, type Runs } from '../../bench/truth/measure.ts';
import { scoreOf } from '../../bench/truth/score.ts';
import { observed } from '../../bench/truth/world.ts';
import { worlds } from '../../bench/truth/worlds.ts';
import { seededRandom } from '../../methods/random.ts';
import { unitDesigns } from '../../methods/return-designs.ts';

/** Of decided runs, how many hold the truth and find something; errors and widths in ROI points. */
const expected: Record<string, object> = {
  'before/after': { decided: 40, holds: 29, finds: 30, rootMeanSquare: 106.961, width: 219.743 },
  'randomised hold-out': { decided: 38, holds: 37, finds: 22, rootMeanSquare: 62.5134, width: 237.197 },
  'time-based regression': { decided: 37, holds: 34, finds: 27, rootMeanSquare: 52.1804, width: 198.694 },
  'synthetic control': { decided: 37, holds: 35, finds: 19, rootMeanSquare: 51.7927, width: 278.693 },
  'synthetic difference-in-differences': {
    decided: 38,
    holds: 37,
    finds: 28,
    rootMeanSquare: 51.3632,
    width: 214.467,
  },
  'difference-in-differences': { decided: 38, holds: 34, finds: 23, rootMeanSquare: 56.877, width: 229.197 },
  'structural time series': { decided: 4, holds: 4, finds: 2, rootMeanSquare: 50.7727, width: 200.002 },
};

const worldOf = (name: string) => worlds.find(world => world.name === name)!;
const drawn = (name: string, seed: number) => worldOf(name).draw(seededRandom(seed, 'truth', name));

describe('worlds whose truth is known', () => {
  it.each(worlds.map(({ name }) => name))('%s: the lift is all that a campaign changes', name => {
    const quiet = observed(drawn(name, 3), 0);
    const lifted = observed(drawn(name, 3), 0.05);
    const { units, periods, before, treated } = quiet.panel;
    let gained = 0;
    for (let at = 0; at < units * periods; at++) {
      const isTreated = treated[Math.floor(at / periods)] === 1;
      const change = lifted.panel.outcome[at]! - quiet.panel.outcome[at]!;
      if (isTreated) gained += change;
      if (at % periods < before) expect(change).toBe(0);
      else if (!isTreated && name !== 'spill-over') expect(change).toBe(0);
    }
    expect(quiet.truth).toBe(0);
    expect(lifted.truth).toBeCloseTo(gained, 4);
    expect(lifted.truth).toBeGreaterThan(0);
    expect(lifted.cost).toBe(quiet.cost);
  });

  it.each(['twelve pairs', 'exposed', 'two thousand people'])('%s: what is said to have mean 0 has', name => {
    const draws = Array.from({ length: 200 }, (_, seed) => drawn(name, seed).variates);
    draws[0]!.forEach((_, at) => {
      const values = draws.map(variates => variates[at]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length,
      );
      expect(Math.abs(mean)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(values.length));
    });
  });
});

describe('the score of many runs', () => {
  // Four decided runs and a refused one; cost 42 at a margin of .42 makes a unit of the outcome one ROI point.
  const runs: Runs = {
    total: Float64Array.of(12, 8, 11, 5, Number.NaN),
    low: Float64Array.of(9, 6, 10.5, 4, Number.NaN),
    high: Float64Array.of(15, 10, 11.5, 6, Number.NaN),
    truth: Float64Array.of(10, 10, 10, 10, 10),
    cost: Float64Array.of(42, 42, 42, 42, 42),
    doubled: new Float64Array(5),
    variates: new Float64Array(5),
    refusals: ['', '', '', '', '3 units are too few'],
  };

  it('is what one counts by hand', () => {
    const score = scoreOf(runs);
    expect(score).toMatchObject({ seeds: 5, decided: 4, tooHigh: 0.25, tooLow: 0.25, power: 0.8 });
    expect(score.coverage).toEqual([0.5, 0.25]);
    expect(score.bias[0]).toBeCloseTo(-1, 12);
    // Errors 2, −2, 1, −5: variance 10, over four runs.
    expect(score.bias[1]).toBeCloseTo(Math.sqrt(10 / 4), 12);
    expect(score.rootMeanSquare).toBeCloseTo(Math.sqrt(34 / 4), 12);
    expect(score.width).toBeCloseTo((6 + 4 + 1 + 2) / 4, 12);
    expect(score.relativeBias).toBeCloseTo(-0.1, 12);
    expect(score.reasons).toEqual([['… units are too few', 0.2]]);
  });

  it('takes from the bias what variates explain of it', () => {
    const variates = Float64Array.from({ length: 12 }, (_, run) => ((run * 5) % 12) - 5.5);
    const total = variates.map(value => 10 + 3 * value + 0.5);
    const same = (value: number) => new Float64Array(12).fill(value);
    const exact = {
      total,
      low: same(0),
      high: same(20),
      truth: same(10),
      doubled: same(0),
      cost: same(42),
      variates,
    };
    const { bias } = scoreOf({ ...exact, refusals: Array(12).fill('') });
    expect(bias[0]).toBeCloseTo(0.5, 10);
    expect(bias[1]).toBeCloseTo(0, 10);
  });
});

it('what learns from the days before alone moves by what the campaign adds', () => {
  for (const { name, isShifted } of contestants) {
    if (!isShifted) continue;
    const task = { world: 'twenty-four by lot', method: name, from: 0, to: 2 };
    const quiet = measure({ ...task, lift: 0 });
    const [moved, lifted] = [shifted(quiet, 0.05), measure({ ...task, lift: 0.05 })];
    for (const column of ['total', 'low', 'high', 'truth'] as const)
      moved[column].forEach((value, run) => {
        expect(value / lifted[column][run]!).toBeCloseTo(1, 9);
      });
  }
});

it('every design of the night competes', () => {
  expect(contestants.map(({ name }) => name)).toEqual([
    'before/after',
    ...unitDesigns.map(({ method }) => method),
  ]);
});

describe('estimators on twenty-four zones by lot, a lift of 5 %', () => {
  it.each(contestants)('$name', ({ name: method }) => {
    // Sampling a posterior, and that of each fake flight, takes longer than all others together.
    const seeds = method === 'structural time series' ? 4 : 40;
    const task = { world: 'twenty-four by lot', lift: 0.05, method, from: 0, to: seeds };
    const score = scoreOf(measure(task));
    const rounded = (value: number) => Number(value.toPrecision(6));
    expect({
      decided: score.decided,
      holds: Math.round(score.coverage[0] * score.decided),
      finds: Math.round(score.power * seeds),
      rootMeanSquare: rounded(score.rootMeanSquare),
      width: rounded(score.width),
    }).toEqual(expected[method]);
  });
});
