import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { hubbellSum, shareOfTotal } from '../../methods/hubbell.ts';
import { anyMatrix, denseRadius, denseSolve, matrixOf, tiesOf, withColumnSums } from './dense.ts';

const scaled = (rows: number[][], factor: number) => rows.map(row => row.map(value => value * factor));
const ones = (n: number) => new Array<number>(n).fill(1);
const path4 = [
  [0, 0.5, 0, 0],
  [0.5, 0, 0.5, 0],
  [0, 0.5, 0, 0.5],
  [0, 0, 0.5, 0],
];
const complete3 = (weight: number) => [
  [0, weight, weight],
  [weight, 0, weight],
  [weight, weight, 0],
];
const cycle3 = [
  [0, 0.5, 0],
  [0, 0, 0.5],
  [0.5, 0, 0],
];
const turning = scaled(
  [
    [0, 3, 0, 0],
    [-3, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
  ],
  0.5,
);
/** A B C D E: who forwards whom. */
const forwards = (bToE: number) =>
  scaled(
    [
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, bToE],
      [0, 0, 0, 1, 0.6],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
    0.5,
  );
const signed = [
  [0, 0.6, -0.2],
  [0.3, 0, 0.4],
  [0.5, -0.3, 0],
];

function score(rows: number[][], exogenous: number[] = ones(rows.length)) {
  return [...hubbellSum({ ...tiesOf(rows), exogenous: Float64Array.from(exogenous) }).score];
}

function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>, digits = 8) {
  expect(actual.length).toBe(wanted.length);
  for (let node = 0; node < wanted.length; node++) {
    const size = Math.max(1, Math.abs(wanted[node]!));
    expect(actual[node]! / size).toBeCloseTo(wanted[node]! / size, digits);
  }
}

describe('hubbellSum', () => {
  it.each([
    [
      'H1',
      [
        [0, 0.5],
        [0.25, 0],
      ],
      undefined,
      [12 / 7, 10 / 7],
    ],
    ['H2', path4, undefined, [4, 6, 6, 4]],
    ['H3 at weight .3', complete3(0.3), undefined, [2.5, 2.5, 2.5]],
    ['H4', cycle3, undefined, [2, 2, 2]],
    ['H6', forwards(0.4), undefined, [1.9, 1.2, 1.8, 1, 1]],
    ['H7', forwards(-0.4), undefined, [1.9, 0.8, 1.8, 1, 1]],
    ['H8', signed, undefined, [2.01773836, 2.15077605, 1.36363636]],
    ['H8 with e = [1,0,0]', signed, [1, 0, 0], [1.24168514, 0.55432373, 0.45454545]],
  ])('agrees with %s of section 3', (_, rows, exogenous, known) => {
    expectClose(score(rows, exogenous), known);
  });

  it('agrees with the shares of H6', () => {
    const shares = shareOfTotal(Float64Array.from(score(forwards(0.4))));
    expectClose(shares, [0.27536, 0.17391, 0.26087, 0.14493, 0.14493], 5);
    expect(shareOfTotal(new Float64Array(2))).toEqual(new Float64Array(2));
    expect([...shareOfTotal(Float64Array.of(3, -1))]).toEqual([0.75, -0.25]);
  });

  it.each([
    [
      'H1',
      [
        [0, 0.55],
        [0.25, 0],
      ],
      [1, 2],
    ],
    ['H2', path4.with(1, [0.45, 0, 0.5, 0]), [1, 1, 1, 1]],
    ['H3', complete3(0.3).with(0, [0.1, 0.31, 0.3]), [1, 1, 1]],
    ['H3 close to its limit', complete3(0.4999), [1, 1, 1]],
    ['H4', cycle3.with(2, [-0.5, 0, 0.1]), [1, 0.5, 1]],
    ['H5 below its limit', scaled(turning, 0.6), [1, 1, 1, 1]],
    ['H6', forwards(0.45), [2, 1, 1, 0, 1]],
    ['H7', forwards(-0.45), [1, 1, 1, 1, 1]],
    ['H8', signed.with(1, [0.3, 0.1, 0.4]), [0, 1, -1]],
  ])('agrees with a dense solver when %s is disturbed', (_, rows, exogenous) => {
    expectClose(score(rows, exogenous), denseSolve(tiesOf(rows), exogenous));
  });

  it('refuses H3 at weight .5, where the radius is 1', () => {
    expect(() => score(complete3(0.5))).toThrow(FatalError);
    expect(() => score(complete3(0.5))).toThrow('the spectral radius is not below 1 (ρ(W) is 1)');
  });

  it('refuses H5 by the largest |λ| = 1.5, though the largest real part is 0.5', () => {
    expect(() => score(turning)).toThrow('ρ(W) is 1.5)');
  });

  it('refuses a radius within 1e-9 of 1', () => {
    expect(() => score(complete3((1 - 1e-10) / 2))).toThrow('the spectral radius is not below 1');
  });

  it('accepts a radius close below 1', () => {
    const found = hubbellSum({ ...tiesOf(complete3((1 - 1e-5) / 2)), exogenous: 1 });
    expectClose(
      [...found.score].map(value => value * 1e-5),
      [1, 1, 1],
    );
  });

  it('solves what only cancelling signs keep finite', () => {
    expectClose(
      score([
        [0.6, 0.6],
        [-0.6, -0.6],
      ]),
      [2.2, -0.2],
    );
    const angle = 0.7;
    const turned = [
      [Math.cos(angle), -Math.sin(angle)],
      [Math.sin(angle), Math.cos(angle)],
    ];
    expectClose(score(scaled(turned, 0.95)), denseSolve(tiesOf(scaled(turned, 0.95)), [1, 1]));
    expect(() => score(scaled(turned, 1.1))).toThrow('ρ(W) is 1.1)');
  });

  it('sums heavy ties that lie on no cycle exactly', () => {
    expect(
      score([
        [0, 3, 0],
        [0, 0, 5],
        [0, 0, 0],
      ]),
    ).toEqual([19, 6, 1]);
    // The same chain upside down, which an eigenvalue solver takes for a radius far above 0.
    const chain = Array.from({ length: 70 }, (_, row) =>
      Array.from({ length: 70 }, (_, column) => (row === column + 1 ? 1 : 0)),
    );
    expect(score(chain)).toEqual(chain.map((_, row) => row + 1));
  });

  it('keeps its promised bound, which is never above that of section 3, wherever columns sum to less than 1', () => {
    fc.assert(
      fc.property(
        anyMatrix,
        fc.constantFrom(0.3, 0.95),
        fc.constantFrom(1e-2, 1e-6, 1e-10),
        (any, most, tolerance) => {
          const ties = tiesOf(withColumnSums(any, most));
          const found = hubbellSum({ ...ties, exogenous: 1, tolerance });
          const wanted = denseSolve(ties, ones(ties.n));
          const total = wanted.reduce((sum, value) => sum + Math.abs(value), 0);
          const error = wanted.reduce((sum, value, node) => sum + Math.abs(value - found.score[node]!), 0);
          expect(error).toBeLessThanOrEqual(found.bound + 1e-12 * total);
          const sumAll = found.score.reduce((sum, value) => sum + Math.abs(value), 0);
          expect(found.bound).toBeLessThanOrEqual(tolerance * sumAll);
          const columns = matrixOf(ties).abs();
          const q = Math.max(...columns.sum('column'));
          const first = matrixOf(ties)
            .sum('row')
            .reduce((sum, value) => sum + Math.abs(value), 0);
          expect(found.bound).toBeLessThanOrEqual((q ** (found.rounds - 1) / (1 - q)) * first * (1 + 1e-9));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('solves or refuses any matrix as its eigenvalues demand', () => {
    fc.assert(
      fc.property(anyMatrix, rows => {
        const ties = tiesOf(rows);
        const radius = denseRadius(ties);
        // Where the solver's own error could decide there is nothing to compare.
        fc.pre(Math.abs(radius - 1) > 1e-3);
        if (radius > 1) expect(() => score(rows)).toThrow('the spectral radius is not below 1');
        else {
          const wanted = denseSolve(ties, ones(ties.n));
          const size = Math.max(...wanted.map(Math.abs));
          expectClose(
            score(rows).map(value => value / size),
            wanted.map(value => value / size),
            7,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('judges more than 2,000 nodes without a dense matrix', () => {
    const tiled = (rows: number[][], times: number) => {
      const one = tiesOf(rows);
      const many = Array.from({ length: times }, (_, tile) => tile * one.n);
      return {
        n: times * one.n,
        from: Int32Array.from(many.flatMap(shift => [...one.from].map(node => node + shift))),
        to: Int32Array.from(many.flatMap(shift => [...one.to].map(node => node + shift))),
        weight: Float64Array.from(many.flatMap(() => [...one.weight])),
      };
    };
    expect(() => hubbellSum({ ...tiled(turning, 501), exogenous: 1 })).toThrow('is 1.5)');
    expect(() => hubbellSum({ ...tiled(complete3(0.5), 700), exogenous: 1 })).toThrow('is 1)');
    // Columns that sum to 1.4, yet a radius of .84.
    const rows = [
      [0, 1.4],
      [0.5, 0],
    ];
    const { score: found, radius } = hubbellSum({ ...tiled(rows, 1001), exogenous: 1 });
    expectClose(found.slice(2000), denseSolve(tiesOf(rows), [1, 1]));
    expect(radius).toBeGreaterThanOrEqual(Math.sqrt(0.7));
    expect(radius).toBeLessThan(0.85);
  });

  it('adds up a pair of people listed twice', () => {
    const twice = {
      n: 2,
      from: Int32Array.of(0, 0),
      to: Int32Array.of(1, 1),
      weight: Float64Array.of(0.5, -0.2),
    };
    expectClose(hubbellSum({ ...twice, exogenous: 1 }).score, [1.3, 1]);
  });

  it('needs no ties, and no people', () => {
    const none = { from: new Int32Array(), to: new Int32Array(), weight: new Float64Array() };
    expect([...hubbellSum({ n: 2, ...none, exogenous: 1 }).score]).toEqual([1, 1]);
    expect([...hubbellSum({ n: 0, ...none, exogenous: 1 }).score]).toEqual([]);
  });

  it.each([
    ['a weight that is no number', { weight: Float64Array.of(Number.NaN) }, 'tie 0 has the weight NaN'],
    ['a tie to nobody', { to: Int32Array.of(2) }, 'tie 0 goes from 0 to 2, outside 0..1'],
    [
      'an exogenous value that is no number',
      { exogenous: Float64Array.of(1, Number.POSITIVE_INFINITY) },
      'person 1 is Infinity',
    ],
    ['too few exogenous values', { exogenous: Float64Array.of(1) }, '2 people were given 1 exogenous values'],
  ])('refuses %s', (_, fault, message) => {
    const sound = {
      n: 2,
      from: Int32Array.of(0),
      to: Int32Array.of(1),
      weight: Float64Array.of(0.5),
      exogenous: 1 as const,
    };
    expect(() => hubbellSum({ ...sound, ...fault })).toThrow(message);
  });
});
