import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPopulation, logLikelihood, type Population, strengthBounds } from '../../methods/betaBinomial.ts';
import {
  fitInterests,
  type InterestsInput,
  logOdds,
  lowShare,
  shrunkShare,
} from '../../methods/interests.ts';
import { Random } from '../../tools/sample/random.ts';

describe('one person against everybody', () => {
  const counts = { part: 10, whole: 40, partOfAll: 50, wholeOfAll: 1000 };

  it('[vector] method 6: user 10 of 40 tokens, population 50 of 1000, α₀ = 100, m = .05, κ = 20', () => {
    expect(10 / 40).toBe(0.25);
    expect(10 / 40 / (50 / 1000)).toBe(5);
    expect(shrunkShare(10, 40, { mean: 0.05, strength: 20 })).toBeCloseTo(0.183333, 6);
    expect(logOdds(counts, 100).delta).toBeCloseTo(0.995718, 6);
    expect(logOdds(counts, 100).z).toBeCloseTo(3.339739, 6);
  });

  it('[twin] other numbers, by the formula written out', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(5000), fc.nat(5000)),
        ([y, rest, y2, rest2]) => {
          const [n, all, allWords] = [y + rest, y + y2, y + rest + y2 + rest2];
          fc.pre(rest2 + rest > 0);
          const [alpha, a0] = [(37 * all) / allWords, 37];
          const odds = (part: number, whole: number) => (part + alpha) / (whole + a0 - part - alpha);
          const delta = Math.log(odds(y, n) / odds(y2, y2 + rest2));
          const found = logOdds({ part: y, whole: n, partOfAll: all, wholeOfAll: allWords }, 37);
          expect(found.delta).toBeCloseTo(delta, 9);
          expect(found.z).toBeCloseTo(delta / Math.sqrt(1 / (y + alpha) + 1 / (y2 + alpha)), 9);
        },
      ),
      { seed: 7 },
    );
  });

  it('the lower end leaves 5 % of the posterior below it, by summing the density', () => {
    for (const [y, n, mean, strength, dispersion] of [
      [10, 40, 0.05, 20, 1],
      [10, 40, 0.2, 40, 4],
      [30.5, 200, 0.1, 60, 2.5],
    ] as const) {
      const low = lowShare(y, n, { mean, strength }, dispersion);
      const a = (y + mean * strength) / dispersion;
      const b = (n - y + strength * (1 - mean)) / dispersion;
      const density = (x: number) => x ** (a - 1) * (1 - x) ** (b - 1);
      const sum = (from: number, to: number) => {
        const steps = 50_000;
        let total = 0;
        for (let step = 0; step < steps; step++)
          total += density(from + ((step + 0.5) * (to - from)) / steps);
        return (total * (to - from)) / steps;
      };
      expect(sum(0, low) / (sum(0, low) + sum(low, 1))).toBeCloseTo(0.05, 4);
    }
  });
});

/** People whose shares come from a beta of whole parameters: the a-th smallest of a + b − 1 draws. */
function drawnPeople(seed: number, count: number, a: number, b: number): [Float64Array, Float64Array] {
  const random = new Random(seed, 'interests');
  const whole = Float64Array.from({ length: count }, () => 5 + random.below(120));
  const part = whole.map(n => {
    const draws = Array.from({ length: a + b - 1 }, () => random.next()).sort((x, y) => x - y);
    const share = draws[a - 1]!;
    let words = 0;
    for (let word = 0; word < n; word++) if (random.next() < share) words++;
    return words;
  });
  return [part, whole];
}

describe('the beta-binomial of a population', () => {
  it.each([1, 2, 3])('has its maximum where brute force over a grid has it, world %i', seed => {
    const [part, whole] = drawnPeople(seed, 300, 1, 8);
    // some mass is fractional
    const mass = part.map((y, at) => (at % 3 === 0 ? y * 0.7 : y));
    const fitted = fitPopulation(mass, whole)!;
    let best: Population = { mean: 0, strength: 0 };
    let height = Number.NEGATIVE_INFINITY;
    for (let mean = 0.02; mean < 0.3; mean += 0.002) {
      for (let strength = 2; strength < 40; strength *= 1.03) {
        const value = logLikelihood(mass, whole, { mean, strength });
        if (value <= height) continue;
        height = value;
        best = { mean, strength };
      }
    }
    expect(Math.abs(fitted.mean - best.mean)).toBeLessThan(0.002);
    expect(Math.abs(Math.log(fitted.strength / best.strength))).toBeLessThan(0.03);
    expect(logLikelihood(mass, whole, fitted)).toBeGreaterThanOrEqual(height - 1e-6);
  });

  it.each([
    [1, 1, 9],
    [2, 2, 18],
    [3, 3, 7],
  ])('finds what made it, world %i: Beta(%i, %i)', (seed, a, b) => {
    const fitted = fitPopulation(...drawnPeople(seed, 8000, a, b))!;
    expect(fitted.mean).toBeCloseTo(a / (a + b), 2);
    expect(Math.abs(Math.log(fitted.strength / (a + b)))).toBeLessThan(0.1);
  });

  it('has the likelihood of counts by products of whole numbers', () => {
    // B(y + 2, n − y + 3) / B(2, 3) with whole parameters, by factorials
    const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
    const beta = (a: number, b: number) =>
      [factorial(a - 1) * factorial(b - 1), factorial(a + b - 1)] as const;
    for (const [y, n] of [
      [0, 4],
      [3, 7],
      [15, 20],
    ] as const) {
      const [top, bottom] = beta(y + 2, n - y + 3);
      const [top0, bottom0] = beta(2, 3);
      const exact = Math.log(Number((top * bottom0 * 10n ** 30n) / (bottom * top0)) / 1e30);
      expect(logLikelihood(Float64Array.of(y), Float64Array.of(n), { mean: 0.4, strength: 5 })).toBeCloseTo(
        exact,
        10,
      );
    }
  });

  it('is none where nobody speaks of it, and everybody alike where they are', () => {
    expect(fitPopulation(Float64Array.of(0, 0), Float64Array.of(5, 9))).toBeUndefined();
    expect(fitPopulation(new Float64Array(), new Float64Array())).toBeUndefined();
    const [part, whole] = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30)];
    const alike = fitPopulation(part, whole)!;
    expect(alike.mean).toBeCloseTo(0.1, 3);
    expect(alike.strength).toBeGreaterThan(1000);
    expect(alike.strength).toBeLessThanOrEqual(strengthBounds.most * 1.000001);
  });
});

describe('the interests of people', () => {
  /** Many who say little of the topic, one who says nothing else in one word, one who speaks of it at length. */
  function input(): InterestsInput {
    const count = 400;
    const random = new Random(7, 'people');
    const words = Int32Array.from({ length: count }, () => 20 + random.below(60));
    const mass = Float64Array.from(words, n => Math.floor(random.between(0, 0.1) * n) + 0.2);
    words[0] = 1;
    mass[0] = 1;
    words[1] = 2000;
    mass[1] = 1400;
    const numbers = Int32Array.from({ length: count }, (_, at) => 3 * at);
    return {
      people: { person_number: numbers, words },
      masses: { topic_number: new Int32Array(count), person_number: numbers.slice(), mass },
      topics: { topic_number: Int32Array.of(0, 1), dispersion: Float64Array.of(2, 1) },
    };
  }

  it('put nobody with few words on top', () => {
    const { interests } = fitInterests(input());
    const low = interests.si_low as Float64Array;
    expect(low.indexOf(Math.max(...low))).toBe(1);
    expect((interests.share as Float64Array)[0]).toBe(1);
    expect((interests.share as Float64Array)[1]).toBe(0.7);
    expect(low[0]).toBeLessThan(low[1]! / 2);
    expect((interests.is_interested as Uint8Array)[1]).toBe(1);
  });

  it('lie between the share and the population', () => {
    const { interests, topics } = fitInterests(input());
    const [mean] = topics.prior_mean as Float64Array;
    const [share, si] = [interests.share as Float64Array, interests.si as Float64Array];
    for (let at = 0; at < share.length; at++) {
      expect(si[at]).toBeGreaterThanOrEqual(Math.min(share[at]!, mean!) - 1e-12);
      expect(si[at]).toBeLessThanOrEqual(Math.max(share[at]!, mean!) + 1e-12);
      expect((interests.si_low as Float64Array)[at]).toBeLessThan(si[at]!);
    }
  });

  it('have a topic of which nobody speaks, with nothing known of it', () => {
    const { topics } = fitInterests(input());
    expect([...(topics.topic_number as Int32Array)]).toEqual([0, 1]);
    expect((topics.population_share as Float64Array)[1]).toBe(0);
    expect((topics.prior_strength as Float64Array)[1]).toBeNaN();
    expect([...(topics.people as Int32Array)]).toEqual([400, 400]);
  });

  it('are unknown where all say nothing else, and nobody is interested', () => {
    const { interests, topics } = fitInterests({
      people: { person_number: Int32Array.of(1, 2), words: Int32Array.of(1, 3) },
      masses: {
        topic_number: Int32Array.of(0, 0),
        person_number: Int32Array.of(1, 2),
        mass: Float64Array.of(1, 3),
      },
      topics: { topic_number: Int32Array.of(0), dispersion: Float64Array.of(1) },
    });
    expect([...(interests.share as Float64Array)]).toEqual([1, 1]);
    for (const name of ['si', 'si_low', 'z']) {
      expect([...(interests[name] as Float64Array)], name).toEqual([Number.NaN, Number.NaN]);
    }
    expect([...(interests.is_interested as Uint8Array)]).toEqual([0, 0]);
    expect((topics.population_share as Float64Array)[0]).toBe(1);
    expect((topics.prior_mean as Float64Array)[0]).toBeNaN();
  });

  it('are none without people', () => {
    const empty = fitInterests({
      people: { person_number: new Int32Array(), words: new Int32Array() },
      masses: { topic_number: new Int32Array(), person_number: new Int32Array(), mass: new Float64Array() },
      topics: { topic_number: Int32Array.of(0), dispersion: Float64Array.of(1) },
    });
    expect(empty.interests.si).toHaveLength(0);
    expect([...(empty.topics.population_share as Float64Array)]).toEqual([Number.NaN]);
  });

  it('refuse masses out of order', () => {
    const wrong = input();
    wrong.masses.topic_number[0] = 5;
    expect(() => fitInterests(wrong)).toThrow(RangeError);
  });
});
