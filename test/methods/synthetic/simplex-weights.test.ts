import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type CrossProducts, centred, rawProducts, withoutRows } from '../../../methods/cross-products.ts';
import { seededRandom } from '../../../methods/random.ts';
import { ridgeSimplex } from '../../../methods/ridge-simplex.ts';
import { simplexWeights } from '../../../methods/simplex-weights.ts';
import { normal } from './panels.ts';
import { apart } from './recorded.ts';

interface Problem {
  /** Donors and, last, the target; series after series, each of `rows` values. */
  series: Float64Array;
  donors: number;
  rows: number;
  ridge: number;
}

/** Series that share a movement; of every fourth problem two donors are the same. */
function problem(seed: number, mostDonors: number): Problem {
  const random = seededRandom(seed, 'test', 'simplex');
  const donors = 2 + random.below(mostDonors - 1);
  const rows = 2 + random.below(25);
  const shared = Float64Array.from({ length: rows }, () => normal(random));
  const series = new Float64Array((donors + 1) * rows);
  for (let one = 0; one <= donors; one++) {
    const load = 1 + 0.5 * normal(random);
    for (let row = 0; row < rows; row++) series[one * rows + row] = load * shared[row]! + normal(random);
  }
  if (seed % 4 === 0) series.copyWithin(rows, 0, rows);
  return { series, donors, rows, ridge: random.next() < 0.4 ? 0 : 10 ** (2 * random.next() - 1) };
}

const productsOf = ({ series, donors, rows }: Problem) =>
  centred(rawProducts(series, { count: donors + 1, length: rows }));

function weightsOf(one: Problem, start?: Float64Array): Float64Array {
  const donors = Int32Array.from({ length: one.donors }, (_, place) => place);
  return simplexWeights(productsOf(one), { target: one.donors, donors, ridge: one.ridge, start });
}

function objective({ count, values }: CrossProducts, ridge: number, weights: ArrayLike<number>): number {
  const target = count - 1;
  let sum = values[target * count + target]!;
  for (let one = 0; one < target; one++) {
    sum += ridge * weights[one]! ** 2 - 2 * weights[one]! * values[target * count + one]!;
    for (let other = 0; other < target; other++) {
      sum += weights[one]! * weights[other]! * values[one * count + other]!;
    }
  }
  return sum;
}

/** The best of all subsets' best: each is a linear system; those with a weight below 0 are no answer. */
function byBruteForce(products: CrossProducts, ridge: number): number {
  const { count, values } = products;
  const size = count - 1;
  let best = Number.POSITIVE_INFINITY;
  for (let subset = 1; subset < 1 << size; subset++) {
    const chosen = Array.from({ length: size }, (_, one) => one).filter(one => (subset >> one) & 1);
    const system = Matrix.zeros(chosen.length + 1, chosen.length + 1);
    const right = Matrix.zeros(chosen.length + 1, 1);
    chosen.forEach((one, row) => {
      chosen.forEach((other, column) => {
        system.set(row, column, values[one * count + other]! + (one === other ? ridge : 0));
      });
      system.set(row, chosen.length, 1);
      system.set(chosen.length, row, 1);
      right.set(row, 0, values[size * count + one]!);
    });
    right.set(chosen.length, 0, 1);
    const weights = new Float64Array(size);
    const answer = solve(system, right, true).getColumn(0);
    chosen.forEach((one, row) => {
      weights[one] = answer[row]!;
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 1) > 1e-9 || weights.some(weight => weight < -1e-12)) continue;
    best = Math.min(best, objective(products, ridge, weights));
  }
  return best;
}

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('least squares over the simplex', () => {
  it('is as good as the best of all subsets of donors', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const one = problem(seed, 6);
        const products = productsOf(one);
        const best = byBruteForce(products, one.ridge);
        expect(objective(products, one.ridge, weightsOf(one)) - best).toBeLessThan(1e-7 * (1 + best));
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('has no donor left that would help, and none in use that would help less (Karush–Kuhn–Tucker)', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const one = problem(seed, 40);
        const { count, values } = productsOf(one);
        const weights = weightsOf(one);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        const gradient = weights.map((own, donor) => {
          const told = weights.reduce(
            (sum, weight, other) => sum + weight * values[donor * count + other]!,
            0,
          );
          return told + one.ridge * own - values[(count - 1) * count + donor]!;
        });
        const level = weights.reduce((sum, weight, donor) => sum + weight * gradient[donor]!, 0);
        const scale = values[0]! + one.ridge;
        gradient.forEach((value, donor) => {
          expect((value - level) / scale).toBeGreaterThan(-1e-7);
          if (weights[donor]! > 1e-6) expect(Math.abs(value - level) / scale).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('says the same from wherever it begins, and of donors in another order', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const one = { ...problem(seed, 20), ridge: 0.5 };
        const weights = weightsOf(one);
        const random = seededRandom(seed, 'test', 'start');
        const start = Float64Array.from(weights, () => (random.next() < 0.5 ? random.next() : 0));
        expect(apart(weightsOf(one, start), weights)).toBeLessThan(1e-8);
        const turned = one.series.slice();
        for (let donor = 0; donor < one.donors; donor++) {
          const from = (one.donors - 1 - donor) * one.rows;
          turned.set(one.series.subarray(from, from + one.rows), donor * one.rows);
        }
        expect(apart(weightsOf({ ...one, series: turned }).reverse(), weights)).toBeLessThan(1e-8);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('shares out evenly among donors that are the same, and where no donor ever moves', () => {
    const rows = 4;
    const same = [1, 3, 2, 5];
    const series = Float64Array.from([...same, ...same, 9, 0, 9, 0, ...same]);
    expect([...weightsOf({ series, donors: 3, rows, ridge: 0 })].map(weight => weight.toFixed(6))).toEqual([
      '0.500000',
      '0.500000',
      '0.000000',
    ]);
    const still = Float64Array.from([1, 1, 1, 1, 2, 2, 2, 2, ...same]);
    expect([...weightsOf({ series: still, donors: 2, rows, ridge: 0 })]).toEqual([0.5, 0.5]);
  });
});

describe('least squares over the simplex with a ridge that matters', () => {
  /** Donors by row and their target, each less its mean over the rows. */
  function inRows({ series, donors, rows, ridge }: Problem) {
    const means = Array.from({ length: donors + 1 }, (_, one) =>
      mean(series.subarray(one * rows, (one + 1) * rows)),
    );
    const values = new Float64Array(rows * donors);
    for (let row = 0; row < rows; row++) {
      for (let donor = 0; donor < donors; donor++) {
        values[row * donors + donor] = series[donor * rows + row]! - means[donor]!;
      }
    }
    const target = series.slice(donors * rows).map(value => value - means[donors]!);
    return { donors: values, target, ridge };
  }

  it('is what the other method says, though it solves for the rows', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const one = problem(seed, 60);
        const ridged = { ...one, ridge: Math.max(one.ridge, 0.05) };
        expect(apart(ridgeSimplex(inRows(ridged)).weights, weightsOf(ridged))).toBeLessThan(1e-8);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it('tells what is left over of each row by weights and a mean that have not seen it', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const one = problem(seed, 30);
        const ridged = { ...one, rows: one.rows, ridge: 0.3 + one.ridge };
        const rows = inRows(ridged);
        const { weights, unseen } = ridgeSimplex(rows);
        const used = [...weights.keys()].filter(donor => weights[donor]! > 0);
        const by = (row: number) => used.map(donor => rows.donors[row * one.donors + donor]!);
        for (let out = 0; out < one.rows && one.rows > 2; out++) {
          const kept = Array.from({ length: one.rows }, (_, row) => row).filter(row => row !== out);
          const level = mean(kept.map(row => rows.target[row]!));
          const centre = used.map((_, place) => mean(kept.map(row => by(row)[place]!)));
          const inner = new Matrix(kept.map(row => by(row).map((value, place) => value - centre[place]!)));
          const target = Matrix.columnVector(kept.map(row => rows.target[row]! - level));
          const size = used.length;
          const system = Matrix.ones(size + 1, size + 1);
          system.set(size, size, 0);
          system.setSubMatrix(inner.transpose().mmul(inner).add(Matrix.eye(size).mul(ridged.ridge)), 0, 0);
          const right = Matrix.ones(size + 1, 1).setSubMatrix(inner.transpose().mmul(target), 0, 0);
          const own = solve(system, right).getColumn(0);
          const told = used.reduce(
            (sum, _, place) => sum + own[place]! * (by(out)[place]! - centre[place]!),
            0,
          );
          const left = rows.target[out]! - level - told;
          expect(Math.abs(unseen[out]! - left)).toBeLessThan(1e-6 * (1 + Math.abs(left)));
        }
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});

describe('products of series', () => {
  it('are sums over the rows, whatever rows are taken out again', () => {
    const count = 5;
    const length = 9;
    const random = seededRandom(2, 'test', 'products');
    const series = Float64Array.from({ length: count * length }, () => normal(random));
    const whole = rawProducts(series, { count, length });
    const kept = withoutRows(whole, rawProducts(series, { count, length, from: 3, to: 6 }));
    const rows = [0, 1, 2, 6, 7, 8];
    const of = (one: number) => rows.map(row => series[one * length + row]!);
    const products = centred(kept);
    for (let one = 0; one < count; one++) {
      for (let other = 0; other < count; other++) {
        const [mine, its] = [of(one), of(other)];
        const wanted = rows.reduce(
          (sum, _, at) => sum + (mine[at]! - mean(mine)) * (its[at]! - mean(its)),
          0,
        );
        expect(products.values[one * count + other]).toBeCloseTo(wanted, 10);
      }
    }
  });
});

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
