import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { FatalError } from '../../contracts/errors.ts';
import { customerInfluenceValue } from '../../methods/customer-influence-value.ts';
import { seededRandom } from '../../methods/random.ts';
import { denseSolve, matrixOf, tiesOf, withColumnSums } from './dense.ts';

function worthOf(clv: readonly number[], rows: number[][]) {
  const { n, from, to, weight } = tiesOf(rows);
  return customerInfluenceValue({
    n,
    clv: Float64Array.from(clv),
    influencer: from,
    influenced: to,
    share: weight,
  });
}

/** A→B .5, A→C .25, B→C .5, C→D .75. */
const theta = [
  [0, 0.5, 0.25, 0],
  [0, 0, 0.5, 0],
  [0, 0, 0, 0.75],
  [0, 0, 0, 0],
];
const clv = [100, 80, 60, 40];
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** Θ without self-ties whose columns sum to 1 at most, and CLVs, negative ones among them. */
const anyWorld = fc.integer({ min: 2, max: 12 }).chain(n =>
  fc.record({
    clv: fc.array(
      fc.integer({ min: -50_000, max: 500_000 }).map(units => units / 100),
      {
        minLength: n,
        maxLength: n,
      },
    ),
    rows: fc
      .array(
        fc.array(
          fc.oneof(
            fc.constant(0),
            fc.integer({ min: 1, max: 64 }).map(step => step / 64),
          ),
          {
            minLength: n,
            maxLength: n,
          },
        ),
        { minLength: n, maxLength: n },
      )
      .map(rows => rows.map((row, i) => row.map((value, j) => (i === j ? 0 : value)))),
    most: fc.constantFrom(0.3, 0.8, 0.95),
  }),
);

describe('customer influence value', () => {
  it('[vector] of section 9: A to D', () => {
    const value = worthOf(clv, theta);
    expect([...value.influenceValue]).toEqual([55, 30, 30, 0]);
    expect([...value.gross]).toEqual([155, 110, 90, 40]);
    expect([...value.net]).toEqual([155, 70, 45, 10]);
    expect(sum(value.net)).toBe(280);
    expect([...value.stacked]).toEqual([185, 125, 90, 40]);
    expect([...value.movedPeople]).toEqual([2, 1, 1, 0]);
    expect([...value.movedKnown]).toEqual([2, 1, 1, 0]);
    expect(value.stackedRefusal).toBeUndefined();
  });

  it('[vector] of section 9, perturbed: any Θ agrees with dense linear algebra', () => {
    fc.assert(
      fc.property(anyWorld, ({ clv, rows, most }) => {
        const shares = withColumnSums(rows, most);
        const value = worthOf(clv, shares);
        const matrix = matrixOf(tiesOf(shares));
        const influence = matrix.mmul(Matrix.columnVector(clv)).to1DArray();
        const owed = matrix.sum('column');
        clv.forEach((own, person) => {
          const scale = Math.max(1, ...clv.map(Math.abs));
          expect(value.gross[person]! / scale).toBeCloseTo((own + influence[person]!) / scale, 12);
          expect(value.net[person]! / scale).toBeCloseTo(
            (own * (1 - owed[person]!) + influence[person]!) / scale,
            12,
          );
        });
        denseSolve(tiesOf(shares), clv).forEach((wanted, person) => {
          const scale = Math.max(1, ...clv.map(Math.abs)) * clv.length;
          expect(value.stacked[person]! / scale).toBeCloseTo(wanted / scale, 10);
        });
        expect(sum(value.net)).toBeCloseTo(sum(clv), 6);
      }),
      { numRuns: 300 },
    );
  });

  it('is conserved where some CLVs are unknown: what is owed of the known ones is somebody’s', () => {
    fc.assert(
      fc.property(anyWorld, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (world, isKnown) => {
        const shares = withColumnSums(world.rows, world.most);
        const known = world.clv.map((value, person) => (isKnown[person] ? value : Number.NaN));
        const value = worthOf(known, shares);
        const zeroed = worthOf(
          known.map(own => (Number.isNaN(own) ? 0 : own)),
          shares,
        );
        let total = 0;
        known.forEach((own, person) => {
          const worth = Number.isNaN(own) ? value.influenceValue[person]! : value.net[person]!;
          if (!Number.isNaN(worth)) total += worth;
          if (Number.isNaN(own)) {
            expect([value.gross[person], value.net[person], value.stacked[person]]).toEqual([
              Number.NaN,
              Number.NaN,
              Number.NaN,
            ]);
            return;
          }
          expect(value.gross[person]).toBe(zeroed.gross[person]);
          expect(value.stacked[person]).toBe(zeroed.stacked[person]);
        });
        expect(total).toBeCloseTo(sum(known.filter(own => !Number.isNaN(own))), 6);
      }),
    );
  });

  it('says of whom nothing is known that nothing is known, and of who moves nobody 0', () => {
    const value = worthOf(
      [Number.NaN, 80, Number.NaN],
      [
        [0, 0.5, 0.2],
        [0, 0, 0.5],
        [0, 0, 0],
      ],
    );
    expect([...value.influenceValue]).toEqual([40, Number.NaN, 0]);
    expect([...value.movedPeople]).toEqual([2, 1, 0]);
    expect([...value.movedKnown]).toEqual([1, 0, 0]);
    expect([...value.gross]).toEqual([Number.NaN, 80, Number.NaN]);
    expect([...value.net]).toEqual([Number.NaN, 40, Number.NaN]);
  });

  it('refuses to stack at ρ(Θ) = 1, and the other values stand', () => {
    const value = worthOf(
      [100, 50],
      [
        [0, 1],
        [1, 0],
      ],
    );
    expect([...value.stacked]).toEqual([Number.NaN, Number.NaN]);
    expect(value.stackedRefusal).toBe(
      'influence has no finite sum: the spectral radius is not below 1 (ρ(W) is 1)',
    );
    expect([...value.net]).toEqual([50, 100]);
    expect([...value.gross]).toEqual([150, 150]);
  });

  it('stacks shares of 1 where no path comes back', () => {
    const value = worthOf(
      [10, 20, 40],
      [
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    );
    expect([...value.stacked]).toEqual([70, 60, 40]);
    expect([...value.net]).toEqual([30, 40, 0]);
  });

  it('refuses shares that exceed a whole, naming whose value it is', () => {
    const over = (rest: number) => () =>
      worthOf(
        [1, 1, 1],
        [
          [0, 0, 0.6],
          [0, 0, rest],
          [0, 0, 0],
        ],
      );
    expect(over(0.4)).not.toThrow();
    expect(over(0.4 + 5e-10)).not.toThrow();
    expect(over(0.5)).toThrow(FatalError);
    expect(over(0.5)).toThrow('of the value of person 2 more than all is owed to others: 1.1');
  });

  it.each([
    [
      [
        [0, -0.1],
        [0, 0],
      ],
      'the share of the value of person 1 owed to person 0 is -0.1',
    ],
    [
      [
        [0, Number.NaN],
        [0, 0],
      ],
      'the share of the value of person 1 owed to person 0 is NaN',
    ],
    [
      [
        [0.1, 0],
        [0, 0],
      ],
      'person 0 is owed a share of their own value',
    ],
  ])('refuses %j', (rows, message) => {
    expect(() => worthOf([1, 1], rows)).toThrow(message);
  });

  it('takes a million ties', () => {
    const random = seededRandom(9, 'returns', 'a million ties');
    const [n, ties] = [200_000, 1_000_000];
    const influenced = Int32Array.from({ length: ties }, () => random.below(n));
    const count = new Int32Array(n);
    for (const person of influenced) count[person]!++;
    const value = customerInfluenceValue({
      n,
      clv: Float64Array.from({ length: n }, () => Math.round(random.next() * 1e6) / 100),
      influencer: influenced.map(person => (person + 1 + random.below(n - 1)) % n),
      influenced,
      share: Float64Array.from(influenced, person => 0.9 / count[person]!),
    });
    const clv = Float64Array.from(value.gross, (gross, person) => gross - value.influenceValue[person]!);
    expect(sum(value.net) / sum(clv)).toBeCloseTo(1, 9);
    expect(sum(value.movedPeople)).toBe(ties);
  });
});
