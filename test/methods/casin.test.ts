import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedResponsibility, forwarderRule, type ResponsibilityInput } from '../../methods/casin.ts';
import { growForest } from '../../methods/forest.ts';
import {
  responsibilityByDefinition,
  responsibilityByEnumeration,
  sourcesByDefinition,
} from './by-definition.ts';
import { itWith, realData } from './real-data.ts';

const { observed, root, inferred } = forwarderRule;
const rate = 0.000068;

type Messages = {
  parent: number[];
  unseen?: number;
  /** Seconds. */
  time: number[];
  rule: number[];
  followers: number[];
  weight?: number[];
};

function input({ parent, unseen = 0, time, rule, followers, weight }: Messages) {
  const times = Float64Array.from(time, seconds => seconds * 1e6);
  const weights = Uint8Array.from(weight ?? parent.map(() => 1));
  return {
    forest: growForest({
      count: parent.length,
      unseen,
      parent: Int32Array.from(parent),
      time: times,
      weight: weights,
    }),
    time: times,
    weight: weights,
    rule: Uint8Array.from(rule),
    followers: Float64Array.from(followers),
  } satisfies ResponsibilityInput;
}

/** A cascade of which every forward names only message 0. */
function cascade(time: number[], followers: number[]) {
  return input({
    parent: time.map((_, node) => (node === 0 ? -1 : 0)),
    time,
    rule: time.map((_, node) => (node === 0 ? observed : inferred)),
    followers,
  });
}

function asResponses({ forest, ...rest }: ResponsibilityInput, perSecond = rate) {
  return { parent: forest.parent, count: forest.count, ...rest, rate: perSecond };
}

function phi({ spread, influence }: { spread: ArrayLike<number>; influence: ArrayLike<number> }) {
  return Array.from(spread, (direct, node) => 1 + direct + influence[node]!);
}

function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>) {
  expect(actual.length).toBe(wanted.length);
  for (let node = 0; node < wanted.length; node++)
    expect(Math.abs(actual[node]! - wanted[node]!), `at ${node}`).toBeLessThanOrEqual(
      1e-9 * (1 + Math.abs(wanted[node]!)),
    );
}

/** Mixed forests: observed and root-only edges, nested groups, equal times, forwards before their origin, cycles. */
function anyMessages(most: number) {
  return fc
    .record({ count: fc.integer({ min: 1, max: most }), unseen: fc.integer({ min: 0, max: 2 }) })
    .chain(({ count, unseen }) => {
      const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: count, maxLength: count });
      return fc.record({
        parent: each(fc.integer({ min: -1, max: count + unseen - 1 })),
        unseen: fc.constant(unseen),
        time: each(fc.integer({ min: 0, max: 6 }).map(step => step * 5000)),
        rule: each(fc.constantFrom(observed, root, inferred, inferred)),
        followers: each(fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(Number.NaN))),
        weight: each(fc.integer({ min: 0, max: 1 })),
      });
    });
}

describe('expectedResponsibility', () => {
  it('agrees with the vector of section 2: followers 99, 9, 0 at 0, 3600, 7200 s', () => {
    const found = expectedResponsibility(cascade([0, 3600, 7200], [99, 9, 0]));
    const tie = [...found.ties.responder.keys()].find(
      t => found.ties.responder[t] === 2 && found.ties.target[t] === 0,
    );
    expect(found.ties.probability[tie!]).toBeCloseTo(0.886732, 6);
    expect(phi(found)[0]).toBeCloseTo(3, 6);
    expect(phi(found)[1]).toBeCloseTo(1.113268, 6);
    expect(phi(found)[2]).toBeCloseTo(1, 6);
    expect(found.spread[0]).toBeCloseTo(1.886732, 6);
    expect(found.influence[0]).toBeCloseTo(0.113268, 6);
    expect([...found.ruleOf]).toEqual([inferred, inferred, inferred]);
  });

  it.each([
    ['followers moved', [0, 3600, 7200], [99, 11, 0]],
    ['one more forward', [0, 3600, 7200, 7300], [99, 9, 0, 5]],
    ['an hour inserted', [0, 3600, 10_800], [99, 9, 0]],
    ['equal times', [0, 3600, 3600, 3600], [9, 9, 90, 0]],
    ['unknown followers', [0, 3600, 7200], [Number.NaN, 9, 0]],
    ['numbers against the order of time', [0, 9000, 3600, 7200], [99, 0, 9, 3]],
  ])('agrees with every possible tree when the vector is disturbed: %s', (_, time, followers) => {
    const messages = cascade(time, followers);
    const found = expectedResponsibility(messages);
    const wanted = responsibilityByEnumeration(asResponses(messages));
    expectClose(found.spread, wanted.spread);
    expectClose(found.influence, wanted.influence);
  });

  it('agrees with every possible tree, weighted by its probability, in any small forest', () => {
    fc.assert(
      fc.property(anyMessages(6), messages => {
        const wanted = responsibilityByEnumeration(asResponses(input(messages)));
        const found = expectedResponsibility(input(messages));
        expectClose(found.spread, wanted.spread);
        expectClose(found.influence, wanted.influence);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with the formula over all pairs in any forest', () => {
    fc.assert(
      fc.property(anyMessages(40), fc.constantFrom(rate, 1e-3, 0, 1), (messages, perSecond) => {
        const wanted = responsibilityByDefinition(asResponses(input(messages), perSecond));
        const found = expectedResponsibility({ ...input(messages), rate: perSecond });
        expectClose(found.spread, wanted.spread);
        expectClose(found.influence, wanted.influence);
      }),
      { numRuns: 500 },
    );
  });

  it('lists the probabilities of the formula, summing to 1 for each inferred forward', () => {
    fc.assert(
      fc.property(anyMessages(25), messages => {
        const given = input(messages);
        const { ties, dropped } = expectedResponsibility(given);
        const listed = new Map<string, number>();
        ties.responder.forEach((responder, tie) => {
          listed.set(`${responder}→${ties.target[tie]}`, ties.probability[tie]!);
        });
        expect(listed.size).toBe(ties.responder.length);
        let expected = 0;
        sourcesByDefinition(asResponses(given)).forEach((sources, node) => {
          if (given.rule[node] !== inferred || given.forest.parent[node]! >= given.forest.count) return;
          for (const { target, probability } of sources) {
            expect(listed.get(`${node}→${target}`)).toBeCloseTo(probability, 12);
            expected++;
          }
        });
        expect([listed.size, dropped]).toEqual([expected, 0]);
      }),
    );
  });

  it('is the forest itself where every parent is observed or takes all the credit', () => {
    fc.assert(
      fc.property(anyMessages(30), messages => {
        const given = input({ ...messages, rule: messages.rule.map(rule => Math.min(rule, root)) });
        const { spread, influence } = expectedResponsibility(given);
        const { direct, beyond } = given.forest;
        expect([...spread]).toEqual([...direct.subarray(0, given.forest.count)]);
        expect([...influence]).toEqual([...beyond.subarray(0, given.forest.count)]);
      }),
    );
  });

  it('says which rule made each number: the weakest below the message, or its own', () => {
    // 0 ← 1 inferred ← 2 observed; 0 ← 3 observed; 4 ← 5 root; 6 ← 7 observed
    const { ruleOf } = expectedResponsibility(
      input({
        parent: [-1, 0, 1, 0, -1, 4, -1, 6],
        time: [0, 1, 2, 3, 0, 1, 0, 1],
        rule: [inferred, inferred, observed, observed, observed, root, observed, observed],
        followers: [1, 1, 1, 1, 1, 1, 1, 1],
      }),
    );
    expect([...ruleOf]).toEqual([inferred, inferred, observed, observed, root, root, observed, observed]);
  });

  it('credits an origin that was not seen, since nothing can be inferred without it', () => {
    const found = expectedResponsibility(
      input({ parent: [3, 3, 1], unseen: 1, time: [0, 1, 2], rule: [2, 2, 0], followers: [9, 9, 9] }),
    );
    expect([...found.spread]).toEqual([0, 1, 0]);
    expect([...found.ruleOf]).toEqual([root, root, observed]);
    expect(found.ties.responder.length).toBe(0);
  });

  it('puts a forward that is earlier than its origin at the origin’s time', () => {
    const early = expectedResponsibility(cascade([1000, 0, 2000], [5, 9, 1]));
    const atOnce = expectedResponsibility(cascade([1000, 1000, 2000], [5, 9, 1]));
    expect(early).toEqual(atOnce);
  });

  it('survives gaps of years', () => {
    const year = 31_557_600;
    const found = expectedResponsibility(
      cascade([0, 10, 5 * year, 5 * year + 10, 50 * year], [1e8, 0, 3, 0, 7]),
    );
    // What is years old weighs nothing beside what is new, but the first after a gap has only the old to follow:
    // message 2 follows 0 (all but surely), 3 follows 2, and 4 follows 2 or 3 as 4e^(−10r) to 1.
    const share = (4 * Math.exp(-10 * rate)) / (4 * Math.exp(-10 * rate) + 1);
    expect(found.spread[2]).toBeCloseTo(1 + share, 12);
    expect(found.influence[2]).toBeCloseTo(1 - share, 12);
    expect(phi(found)[0]).toBeCloseTo(5, 6);
    expect(found.ties.probability.every(Number.isFinite)).toBe(true);
  });

  it('serves a million forwards of one message', () => {
    const forwards = 1_000_000;
    const time = Array.from({ length: forwards + 1 }, (_, node) => Math.floor(node / 3) * 2);
    const followers = time.map((_, node) => (node * 7919) % 1000);
    const { spread, influence, ties, dropped } = expectedResponsibility(cascade(time, followers));
    expect(1 + spread[0]! + influence[0]!).toBeCloseTo(forwards + 1, 3);
    // Every forward has one expected source.
    expect(spread.reduce((sum, direct) => sum + direct, 0)).toBeCloseTo(forwards, 3);
    const listed = ties.probability.reduce((sum, probability) => sum + probability, 0);
    expect(listed + dropped).toBeCloseTo(forwards, 3);
    expect(dropped).toBeGreaterThan(0);
    expect(spread.every(Number.isFinite) && influence.every(Number.isFinite)).toBe(true);
  });

  it('drops from large groups exactly the pairs below the least share', () => {
    fc.assert(
      fc.property(anyMessages(40), messages => {
        const given = input(messages);
        const { ties, dropped } = expectedResponsibility({ ...given, exactUpTo: 5, leastShare: 0.07 });
        const size = new Map<number, number>();
        const isInferred = (node: number) =>
          given.rule[node] === inferred &&
          given.forest.parent[node]! >= 0 &&
          given.forest.parent[node]! < given.forest.count;
        const nodes = [...given.rule.keys()].filter(isInferred);
        for (const node of nodes)
          size.set(given.forest.parent[node]!, (size.get(given.forest.parent[node]!) ?? 0) + 1);
        const sources = sourcesByDefinition(asResponses(given));
        let missing = 0;
        const wanted = nodes.flatMap(node =>
          sources[node]!.flatMap(({ target, probability }) => {
            if (size.get(given.forest.parent[node]!)! <= 5 || probability >= 0.07)
              return [`${node}→${target}`];
            missing += probability;
            return [];
          }),
        );
        const listed = Array.from(ties.responder, (responder, tie) => `${responder}→${ties.target[tie]}`);
        expect(listed.toSorted()).toEqual(wanted.toSorted());
        expect(dropped).toBeCloseTo(missing, 9);
      }),
    );
  });

  const cascades = 'auspol_cascades.csv';
  itWith(cascades)('agrees with the formula on 3,333 real cascades that name only the root', () => {
    const rows = readFileSync(realData(cascades), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(',').map(Number));
    const firstOf = new Map<number, number>();
    rows.forEach(([cascade], node) => {
      if (!firstOf.has(cascade!)) firstOf.set(cascade!, node);
    });
    const isFirst = rows.map(([cascade], node) => firstOf.get(cascade!) === node);
    const given = input({
      parent: rows.map(([cascade], node) => (isFirst[node] ? -1 : firstOf.get(cascade!)!)),
      time: rows.map(([, seconds]) => seconds!),
      rule: rows.map((_, node) => (isFirst[node] ? observed : inferred)),
      followers: rows.map(([, , followers]) => followers!),
    });
    const found = expectedResponsibility(given);
    const wanted = responsibilityByDefinition(asResponses(given));
    expect(rows.length).toBe(10_504);
    expectClose(found.spread, wanted.spread);
    expectClose(found.influence, wanted.influence);
    for (const first of firstOf.values()) {
      const size = rows.filter((_, node) => node === first || given.forest.parent[node] === first).length;
      expect(phi(found)[first]).toBeCloseTo(size, 9);
    }
  });
});
