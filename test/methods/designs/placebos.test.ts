import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import type { Panel, PanelEstimator, Placebo } from '../../../methods/panel.ts';
import {
  fakeFlights,
  isApart,
  placeboRefusal,
  placebosInTime,
  placebosOverUnits,
} from '../../../methods/placebos.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };

/** Sums of the treated in the flight: what it is handed shows in what it says. */
const echo: PanelEstimator = ({ units, periods, before, outcome, treated }: Panel) => {
  let total = 0;
  for (let unit = 0; unit < units; unit++)
    for (let period = before; period < periods; period++)
      if (treated[unit] === 1) total += outcome[unit * periods + period]!;
  const [low, high] = [total - 1, total + units];
  return {
    total,
    low,
    high,
    standardError: 1,
    freedom: 1,
    refusal: undefined,
    placebos: [],
    path: undefined,
  };
};

/** Three units of six days before and two of the flight: tens are the unit, ones the period. */
const counted: Panel = {
  units: 3,
  periods: 8,
  before: 6,
  outcome: Float64Array.from({ length: 24 }, (_, at) => 10 * Math.floor(at / 8) + (at % 8)),
  treated: Uint8Array.of(0, 1, 0),
};

describe('fake flights', () => {
  it('are as long as the flight where two of it and 14 days fit', () => {
    expect(fakeFlights({ before: 70, periods: 98 })).toEqual({ starts: [42], length: 28 });
    expect(fakeFlights({ before: 112, periods: 140 })).toEqual({ starts: [42, 56, 70, 84], length: 28 });
    const { starts, length } = fakeFlights({ before: 1000, periods: 1028 });
    expect(length).toBe(28);
    expect(starts.length).toBe(11);
    expect(starts.at(-1)).toBe(972);
    expect(starts[0]).toBeGreaterThanOrEqual(42);
  });

  it('are a third of what 14 days leave elsewhere, in whole weeks if there is one', () => {
    expect(fakeFlights({ before: 56, periods: 84 })).toEqual({ starts: [28, 35, 42], length: 14 });
    expect(fakeFlights({ before: 29, periods: 57 })).toEqual({ starts: [21, 24], length: 5 });
    expect(fakeFlights({ before: 17, periods: 24 })).toEqual({ starts: [15, 16], length: 1 });
    expect(fakeFlights({ before: 16, periods: 24 })).toEqual({ starts: [], length: 0 });
    expect(fakeFlights({ before: 1, periods: 2 })).toEqual({ starts: [], length: 0 });
  });

  it('see days before the flight only', () => {
    const { panel } = randomPanel(1, { units: 4, treated: 2, before: 21, during: 4 });
    const after = panel.outcome.map((value, at) => (at % 25 < 21 ? value : 1e9));
    const runs = placebosInTime(echo, panel, options);
    expect(runs).toEqual(placebosInTime(echo, { ...panel, outcome: after }, options));
    expect(runs.map(({ label }) => label)).toEqual([16, 17, 18, 19]);
    const sums = [16, 17, 18, 19].map(start =>
      panel.outcome.reduce(
        (sum, value, at) =>
          panel.treated[Math.floor(at / 25)] === 1 && at % 25 >= start && at % 25 < start + 2
            ? sum + value
            : sum,
        0,
      ),
    );
    runs.forEach(({ total }, run) => {
      expect(total).toBeCloseTo(sums[run]!, 6);
    });
  });
});

describe('fake units', () => {
  it('are each control alone, with the treated left out', () => {
    expect(placebosOverUnits(echo, counted, options)).toEqual([
      { kind: 'unit', label: 0, total: 13, low: 12, high: 15 },
      { kind: 'unit', label: 2, total: 53, low: 52, high: 55 },
    ]);
  });

  it('leave out what the design refuses', () => {
    expect(placebosOverUnits(differenceInDifferences, counted, options)).toEqual([]);
  });

  it('are two hundred at the most, spread over all', () => {
    const many: Panel = {
      units: 1001,
      periods: 2,
      before: 1,
      outcome: new Float64Array(2002),
      treated: Uint8Array.from({ length: 1001 }, (_, unit) => (unit === 500 ? 1 : 0)),
    };
    const labels = placebosOverUnits(echo, many, options).map(({ label }) => label);
    expect(labels.length).toBe(200);
    expect(labels.slice(0, 3)).toEqual([0, 5, 10]);
    expect(labels.at(-1)).toBe(996);
  });

  it('find something about as often as they may', () => {
    let [runs, apart] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const { panel } = randomPanel(seed, { units: 24, treated: 8, before: 56, during: 14 });
      const found = timeBasedRegression(panel, options).placebos.filter(({ kind }) => kind === 'unit');
      runs += found.length;
      apart += found.filter(isApart).length;
    }
    expect(runs).toBe(320);
    expect(apart / runs).toBeGreaterThan(0.02);
    expect(apart / runs).toBeLessThan(0.09);
  });
});

describe('what fake flights forbid', () => {
  const runs = (pattern: string): Placebo[] =>
    [...pattern].map((sign, label) => {
      const total = sign === '+' ? 5 : sign === '-' ? -5 : 0;
      return { kind: 'time', label, total, low: total - 2, high: total + 2 };
    });

  it('is a flight after one that found something, or when more than a quarter did', () => {
    expect(placeboRefusal(runs(''))).toBeUndefined();
    expect(placeboRefusal(runs('+..'))).toBeUndefined();
    expect(placeboRefusal(runs('+-.'))).toBe(
      '2 of 3 fake flights before the real one found something where nothing happened',
    );
    expect(placeboRefusal(runs('..-'))).toBe(
      '1 of 3 fake flights before the real one found something where nothing happened, the last among them',
    );
    expect(placeboRefusal(runs('+++.........'))).toBeUndefined();
    expect(placeboRefusal(runs('++++........'))).toMatch(/^4 of 12 fake flights/);
    expect(placeboRefusal(runs('+'))).toBe(
      'the fake flight before the real one found something where nothing happened',
    );
  });

  it('is not what fake units say', () => {
    const units = runs('+++').map(run => ({ ...run, kind: 'unit' as const }));
    expect(placeboRefusal(units)).toBeUndefined();
  });
});
