import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOtherwise, chooseWithin, type Gains } from '../../methods/budgeted.ts';
import { knapsackBound } from '../../methods/knapsack-bound.ts';
import { costOf, type Limits, Purse } from '../../methods/limits.ts';
import { ExactSpread, subsets, worldOf } from './independent-cascade.ts';

/** A set function as gains. */
class Growing implements Gains {
  readonly #worthOf: (members: readonly number[]) => number;
  #members: number[] = [];

  constructor(worthOf: (members: readonly number[]) => number) {
    this.#worthOf = worthOf;
  }

  restart() {
    this.#members = [];
  }

  gain(candidate: number) {
    return this.#worthOf([...this.#members, candidate]) - this.#worthOf(this.#members);
  }

  take(candidate: number) {
    this.#members.push(candidate);
  }
}

const all = (count: number) => Int32Array.from({ length: count }, (_, place) => place);

/** The best set within the limits, tried one after another. */
function bestByTrying(worthOf: (members: readonly number[]) => number, limits: Limits): number {
  let best = 0;
  for (const members of subsets(limits.cost.length))
    if (isWithin(members, limits)) best = Math.max(best, worthOf(members));
  return best;
}

function isWithin(members: readonly number[], { cost, budget, groupings }: Limits): boolean {
  return (
    costOf(members, cost) <= budget &&
    groupings.every(({ group, quota }) =>
      quota.every((most, number) => members.filter(member => group[member] === number).length <= most),
    )
  );
}

const additive = (gains: readonly number[]) => (members: readonly number[]) =>
  members.reduce((sum, member) => sum + gains[member]!, 0);

describe('choice within a budget', () => {
  it('[vector] x(gain 2, cost 1), y(10, 10), budget 10 ⇒ y', () => {
    const limits = { cost: Float64Array.of(1, 10), budget: 10, groupings: [] };
    const { members, value, bound, rule } = chooseWithin(new Growing(additive([2, 10])), all(2), limits);
    expect({ members, value, rule }).toEqual({ members: [1], value: 10, rule: 'gain' });
    // 2 + 9/10 of 10, were people divisible: what the bound must allow for.
    expect(bound).toBeCloseTo(11, 12);
  });

  it('takes those who cost nothing first, and nobody who gains nothing', () => {
    const limits = { cost: Float64Array.of(0, 4, 0, 1, 0), budget: 4, groupings: [] };
    const { members, value } = chooseWithin(new Growing(additive([1, 8, 3, 0, 0])), all(5), limits);
    expect(members).toEqual([2, 0, 1]);
    expect(value).toBe(12);
  });

  it('takes the first of equals', () => {
    const limits = { cost: Float64Array.of(2, 2, 2), budget: 4, groupings: [] };
    expect(chooseWithin(new Growing(additive([5, 5, 5])), all(3), limits).members).toEqual([0, 1]);
  });
});

const anyCase = (groups: number) =>
  fc.integer({ min: 1, max: 12 }).chain(people =>
    fc
      .record({
        ties: fc.uniqueArray(
          fc.tuple(
            fc.integer({ min: 0, max: people - 1 }),
            fc.integer({ min: 0, max: people - 1 }),
            fc.constantFrom(0.1, 0.3, 0.5, 0.8, 1),
          ),
          { selector: ([from, to]) => from * people + to, maxLength: 9 },
        ),
        candidates: fc.shuffledSubarray([...all(people)], { minLength: 1, maxLength: Math.min(9, people) }),
        cost: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 9, maxLength: 9 }),
        accepts: fc.array(fc.constantFrom(0.1, 0.5, 0.9, 1), { minLength: 9, maxLength: 9 }),
        group: fc.array(fc.integer({ min: -1, max: groups - 1 }), { minLength: 18, maxLength: 18 }),
        quota: fc.array(fc.constantFrom(0, 1, 2, Number.POSITIVE_INFINITY), {
          minLength: 2 * groups,
          maxLength: 2 * groups,
        }),
        budget: fc.integer({ min: 0, max: 40 }),
      })
      .map(({ ties, candidates, cost, accepts, group, quota, budget }) => {
        const exact = new ExactSpread(worldOf(people, ties));
        const count = candidates.length;
        const limits: Limits = {
          cost: Float64Array.from(cost.slice(0, count)),
          budget,
          groupings:
            groups === 0
              ? []
              : [0, 1].map(side => ({
                  group: Int32Array.from(group.slice(9 * side, 9 * side + count)),
                  quota: Float64Array.from(quota.slice(groups * side, groups * side + groups)),
                })),
        };
        const known = new Map<string, number>();
        const worthOf = (members: readonly number[]) => {
          const key = [...members].sort().join();
          if (!known.has(key))
            known.set(key, exact.of(new Map(members.map(member => [candidates[member]!, accepts[member]!]))));
          return known.get(key)!;
        };
        const eligible = all(count).filter(candidate => limits.cost[candidate]! <= budget);
        return { limits, worthOf, eligible };
      }),
  );

describe('on networks of up to 12 people, against every set', () => {
  it('reaches .405 of the best with any costs and acceptance, within the budget and its own bound', () => {
    let worst = 1;
    fc.assert(
      fc.property(anyCase(0), ({ limits, worthOf, eligible }) => {
        const { members, value, bound } = chooseWithin(new Growing(worthOf), eligible, limits);
        const best = bestByTrying(worthOf, limits);
        expect(isWithin(members, limits)).toBe(true);
        expect(new Set(members).size).toBe(members.length);
        expect(value).toBeCloseTo(worthOf(members), 9);
        expect(value).toBeGreaterThanOrEqual(0.405 * best);
        expect(bound).toBeGreaterThanOrEqual(best - 1e-9);
        if (best > 0) worst = Math.min(worst, value / best);
      }),
      { numRuns: 3000, seed: 8 },
    );
    expect(worst).toBeGreaterThan(0.405);
  });

  it('keeps to quotas, and its bound holds, with any quotas of two groupings', () => {
    fc.assert(
      fc.property(anyCase(3), ({ limits, worthOf, eligible }) => {
        const { members, bound } = chooseWithin(new Growing(worthOf), eligible, limits);
        expect(isWithin(members, limits)).toBe(true);
        expect(bound).toBeGreaterThanOrEqual(bestByTrying(worthOf, limits) - 1e-9);
      }),
      { numRuns: 3000, seed: 9 },
    );
  });

  it('finds as next best a plan within the limits that lacks a member of the plan', () => {
    fc.assert(
      fc.property(anyCase(2), ({ limits, worthOf, eligible }) => {
        const gains = new Growing(worthOf);
        const plan = chooseWithin(gains, eligible, limits);
        const next = chooseOtherwise(gains, plan.beginning, limits, plan, 16);
        expect(isWithin(next.members, limits)).toBe(true);
        expect(next.value).toBeCloseTo(worthOf(next.members), 9);
        expect(plan.members.length === 0 || plan.members.some(member => !next.members.includes(member))).toBe(
          true,
        );
        // Each plan without one member is no better than the one that is returned.
        for (const missing of plan.members) {
          const others = eligible.filter(candidate => candidate !== missing);
          const without = chooseWithin(gains, others, limits);
          expect(next.value).toBeGreaterThanOrEqual(without.value - 1e-9);
        }
      }),
      { numRuns: 500, seed: 10 },
    );
  });
});

describe('the bound by prices', () => {
  it('is the fractional knapsack without quotas', () => {
    const limits = { cost: Float64Array.of(3, 4, 5, 0), budget: 6, groupings: [] };
    // 1 free, then 6 for 3, then 3/4 of 6.
    expect(knapsackBound(Float64Array.of(6, 6, 2, 1), all(4), limits)).toBe(1 + 6 + (3 / 4) * 6);
  });

  it('knows quotas: two places for one group of four', () => {
    const limits = {
      cost: Float64Array.of(1, 1, 1, 1),
      budget: 100,
      groupings: [{ group: Int32Array.of(0, 0, 0, 0), quota: Float64Array.of(2) }],
    };
    expect(knapsackBound(Float64Array.of(5, 9, 7, 1), all(4), limits)).toBe(16);
  });

  it('is never below the best of additive gains, and not above that of the budget alone', () => {
    const wanted = fc.record({
      gain: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 10, maxLength: 10 }),
      cost: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }),
      group: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 20, maxLength: 20 }),
      quota: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
      budget: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(wanted, ({ gain, cost, group, quota, budget }) => {
        const plain = { cost: Float64Array.from(cost), budget, groupings: [] };
        const limits = {
          ...plain,
          groupings: [0, 1].map(side => ({
            group: Int32Array.from(group.slice(10 * side, 10 * side + 10)),
            quota: Float64Array.from(quota.slice(3 * side, 3 * side + 3)),
          })),
        };
        const bound = knapsackBound(Float64Array.from(gain), all(10), limits);
        expect(bound).toBeGreaterThanOrEqual(bestByTrying(additive(gain), limits) - 1e-9);
        expect(bound).toBeLessThanOrEqual(knapsackBound(Float64Array.from(gain), all(10), plain) + 1e-9);
      }),
      { numRuns: 1000, seed: 11 },
    );
  });
});

describe('a purse', () => {
  it('is used up by money and by places', () => {
    const purse = new Purse({
      cost: Float64Array.of(3, 3, 5),
      budget: 8,
      groupings: [{ group: Int32Array.of(0, 0, -1), quota: Float64Array.of(1.9) }],
    });
    purse.pay(0);
    expect([purse.left, purse.allows(1), purse.allows(2)]).toEqual([5, false, true]);
    purse.pay(2);
    expect([purse.left, purse.allows(2)]).toEqual([0, false]);
  });
});
