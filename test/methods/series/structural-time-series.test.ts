import { describe, expect, it } from 'vitest';
import type { Panel } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';
import { structuralForecast, structuralTimeSeries } from '../../../methods/structural-time-series.ts';
import { panelOf } from './panels.ts';

const options = { confidence: 0.95, seed: 7 };
const making = { units: 10, before: 56, days: 14, carry: 0.5, lift: 0.1 };
const panel = panelOf(1, making);

/** The panel with its units in another order. */
function reordered({ units, periods, outcome, treated, before }: Panel): Panel {
  const order = Array.from({ length: units }, (_, unit) => (unit * 3) % units);
  return {
    ...{ units, periods, before },
    treated: Uint8Array.from(order, unit => treated[unit]!),
    outcome: Float64Array.from(
      order.flatMap(unit => [...outcome.subarray(unit * periods, (unit + 1) * periods)]),
    ),
  };
}

describe('structural time series over a panel', () => {
  const estimate = structuralForecast(panel, options);

  it('finds what was planted within its interval, and nothing where nothing was', () => {
    const days = panel.outcome.reduce(
      (sum, value, at) =>
        panel.treated[Math.floor(at / panel.periods)] === 1 && at % panel.periods >= panel.before
          ? sum + value
          : sum,
      0,
    );
    const planted = days - days / (1 + making.lift);
    expect(estimate.low).toBeLessThan(planted);
    expect(estimate.high).toBeGreaterThan(planted);
    expect(estimate.low).toBeGreaterThan(0);
    const nothing = structuralForecast(panelOf(1, { ...making, lift: 0 }), options);
    expect(nothing.low).toBeLessThan(0);
    expect(nothing.high).toBeGreaterThan(0);
  });

  it('has a path whose days add up to the total', () => {
    const { observed, expected, low, high } = estimate.path!;
    const sum = observed
      .subarray(panel.before)
      .reduce((total, value, day) => total + value - expected[panel.before + day]!, 0);
    expect(sum / estimate.total).toBeCloseTo(1, 9);
    expect(expected.every((value, day) => low[day]! < value && value < high[day]!)).toBe(true);
    const within = observed
      .subarray(0, panel.before)
      .filter((value, day) => value > low[day]! && value < high[day]!);
    expect(within.length / panel.before).toBeGreaterThan(0.9);
  });

  it('says the same to the last bit when asked again, and other numbers of another seed', () => {
    expect(structuralForecast(panel, options)).toEqual(estimate);
    const other = structuralForecast(panel, { ...options, seed: 8 });
    expect(other.total).not.toBe(estimate.total);
    expect(Math.abs(other.total - estimate.total) / estimate.standardError).toBeLessThan(0.1);
  });

  it('does not care in which order units come', () => {
    const { total, low, high } = structuralForecast(reordered(panel), options);
    expect(total / estimate.total).toBeCloseTo(1, 9);
    expect(low / estimate.low).toBeCloseTo(1, 9);
    expect(high / estimate.high).toBeCloseTo(1, 9);
  });

  it('does not care about the currency, nor about what every unit sells day by day', () => {
    const cents = structuralForecast({ ...panel, outcome: panel.outcome.map(value => value * 100) }, options);
    expect(cents.total / estimate.total).toBeCloseTo(100, 6);
    expect(cents.high / estimate.high).toBeCloseTo(100, 6);
    const more = structuralForecast({ ...panel, outcome: panel.outcome.map(value => value + 1000) }, options);
    expect(more.total / estimate.total).toBeCloseTo(1, 6);
    expect(more.standardError / estimate.standardError).toBeCloseTo(1, 6);
  });

  it('works with one control, and where a control never changes', () => {
    const two = panelOf(2, { ...making, units: 2 });
    const alone = structuralForecast(two, options);
    expect(alone.refusal).toBeUndefined();
    expect(alone.low).toBeLessThan(alone.high);
    const still = structuralForecast(
      { ...two, outcome: two.outcome.map((value, at) => (at < two.periods ? 0 : value)) },
      options,
    );
    expect(still.refusal).toBeUndefined();
    expect(still.standardError).toBeGreaterThan(alone.standardError);
  });

  it('shows each control as if it had been treated, and flights that never were', () => {
    const { placebos } = structuralTimeSeries(panelOf(3, { ...making, before: 70 }), options);
    expect(placebos.filter(placebo => placebo.kind === 'unit').map(placebo => placebo.label)).toEqual([
      0, 2, 4, 6, 8,
    ]);
    expect(placebos.filter(placebo => placebo.kind === 'time').length).toBeGreaterThan(3);
    expect(placebos.every(({ low, total, high }) => low < total && total < high)).toBe(true);
  });

  it('refuses where the control does not move with the treated units: nothing but the season happens here', () => {
    const random = seededRandom(5, 'test', 'unrelated');
    const alone = {
      ...panel,
      outcome: panel.outcome.map((_, at) => {
        const [unit, day] = [Math.floor(at / panel.periods), at % panel.periods];
        const season = panel.treated[unit] === 1 ? 100 * Math.sin((Math.PI * day) / 35) : 0;
        return 1000 + season + 30 * random.next();
      }),
    };
    const { refusal, total, placebos } = structuralTimeSeries(alone, options);
    expect(refusal).toMatch(
      /^before the flight the control units do not move with the treated ones \(they explain [0-9.]+ %/,
    );
    expect(total).not.toBeNaN();
    expect(placebos.length).toBeGreaterThan(5);
  });

  it('refuses where the last fake flight finds something: a step before the flight that no control took', () => {
    const stepped = {
      ...panel,
      outcome: panel.outcome.map((value, at) =>
        panel.treated[Math.floor(at / panel.periods)] === 1 &&
        at % panel.periods >= panel.before - making.days
          ? value * 1.15
          : value,
      ),
    };
    const { refusal } = structuralTimeSeries(stepped, options);
    expect(refusal).toMatch(/fake flights? before the real one found something/);
  });

  it.each([
    [
      'every unit was treated',
      { ...panel, treated: panel.treated.map(() => 1) },
      'there is no control: all 10 units were treated',
    ],
    [
      'the flight is longer than the days before',
      panelOf(1, { ...making, before: 14, days: 14 }),
      '14 days before the flight are too few for a flight of 14 days; this design needs more',
    ],
    [
      'nothing was sold before',
      {
        ...panel,
        outcome: panel.outcome.map((value, at) => (at % panel.periods < panel.before ? 0 : value)),
      },
      'the treated units together sold the same on every day before the flight',
    ],
    [
      'a day is missing',
      { ...panel, outcome: panel.outcome.with(3, Number.NaN) },
      'the panel has a hole: unit 1 has no value on day 4 of the 56 before',
    ],
  ])('refuses where %s', (_, bad: Panel, reason) => {
    const { refusal, total, placebos, path } = structuralTimeSeries(bad, options);
    expect(refusal).toBe(reason);
    expect(total).toBeNaN();
    expect([placebos, path]).toEqual([[], undefined]);
  });
});

it('keeps its word over 30 panels where nothing happened, whether days carry over or not', () => {
  for (const carry of [0, 0.6]) {
    const told = Array.from({ length: 30 }, (_, seed) => {
      const { low, high } = structuralForecast(
        panelOf(100 + seed, { ...making, days: 28, carry, lift: 0 }),
        options,
      );
      return low > 0 || high < 0;
    });
    // One in twenty is 1 or 2 of 30; more than 5 come by chance once in 300.
    expect(told.filter(is => is).length, `carrying over ${carry}`).toBeLessThanOrEqual(5);
  }
});
