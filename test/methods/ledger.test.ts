import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppendedColumns, enterEvents, limits, states } from '../../methods/ledger.ts';
import {
  enterNaively,
  type NaiveEntry,
  type NaiveEvent,
  type NaiveLimits,
  type NaiveRule,
} from './naive-ledger.ts';

const nameOf = <Name extends string>(names: Record<Name, number>, value: number) =>
  Object.entries(names).find(([, number]) => number === value)![0] as Name;

/** The method under test, asked as the naive ledger is. */
function enter(
  { budget, personCap, smallest }: NaiveLimits,
  rules: readonly NaiveRule[],
  before: readonly NaiveEntry[],
  events: readonly NaiveEvent[],
): NaiveEntry[] {
  const money = (list: readonly (bigint | undefined)[]) =>
    Float64Array.from(list, units => (units === undefined ? Number.NaN : Number(units)));
  const most = (list: readonly number[]) => list.reduce((a, b) => Math.max(a, b + 1), 0);
  const all = [...before, ...events];
  const appended: AppendedColumns = enterEvents({
    budget: Number(budget),
    personCap: personCap === undefined ? Infinity : Number(personCap),
    smallest: Number(smallest),
    rules: {
      amount: money(rules.map(({ amount }) => amount)),
      rate: Float64Array.from(rules, ({ rate }) => (rate === undefined ? Number.NaN : Number(rate) / 1e9)),
      cap: money(rules.map(({ cap }) => cap)),
    },
    rewards: most(all.map(({ reward }) => reward)),
    persons: most(all.map(({ person }) => person)),
    entered: {
      reward: Int32Array.from(before, ({ reward }) => reward),
      person: Int32Array.from(before, ({ person }) => person),
      rule: Int32Array.from(before, ({ rule }) => rule),
      state: Int32Array.from(before, ({ state }) => states[state]),
      amount: money(before.map(({ amount }) => amount)),
    },
    events: {
      reward: Int32Array.from(events, ({ reward }) => reward),
      person: Int32Array.from(events, ({ person }) => person),
      rule: Int32Array.from(events, ({ rule }) => rule),
      isReversal: Int32Array.from(events, ({ isReversal }) => Number(isReversal)),
      value: money(events.map(({ value }) => value)),
      part: money(events.map(({ part }) => part)),
      whole: money(events.map(({ whole }) => whole)),
    },
  });
  return Array.from(appended.event, (place, row) => ({
    reward: events[place]!.reward,
    person: events[place]!.person,
    rule: events[place]!.rule,
    state: nameOf(states, appended.state[row]!),
    limit: nameOf(limits, appended.limit[row]!),
    due: BigInt(appended.due[row]!),
    amount: BigInt(appended.amount[row]!),
    turn: appended.turn[row]!,
  }));
}

const one = 10_000n;
const cent: NaiveLimits = { budget: 20n * one, personCap: undefined, smallest: 100n };
const order = (reward: number, euros: bigint, more: Partial<NaiveEvent> = {}): NaiveEvent => ({
  reward,
  person: 0,
  rule: 0,
  isReversal: false,
  value: euros * one,
  part: 0n,
  whole: euros * one,
  ...more,
});
const refund = (of: NaiveEvent, euros: bigint): NaiveEvent => ({
  ...of,
  isReversal: true,
  part: euros * one,
});
const tenth: NaiveRule[] = [{ rate: 100_000_000n }];
const brief = (entries: readonly NaiveEntry[]) =>
  entries.map(({ state, limit, amount }) => `${state} ${limit} ${Number(amount) / 10_000}`);

describe('the ledger', () => {
  it('gives until the budget is spent, cuts the last reward, refuses the rest', () => {
    const events = [order(0, 150n), order(1, 100n), order(2, 10n)];
    expect(brief(enter(cent, tenth, [], events))).toEqual([
      'earned none 15',
      'capped budget 5',
      'refused budget 0',
    ]);
  });

  it('gives no event twice, neither in a night nor in a later one', () => {
    const events = [order(0, 50n), order(0, 50n)];
    const first = enter(cent, tenth, [], events);
    expect(brief(first)).toEqual(['earned none 5']);
    expect(enter(cent, tenth, first, events)).toEqual([]);
  });

  it('takes back in proportion, adds what is refunded later, and never more than was given', () => {
    const bought = order(0, 50n);
    const first = enter(cent, tenth, [], [bought, refund(bought, 20n)]);
    expect(brief(first)).toEqual(['earned none 5', 'reversed none -2']);
    const second = enter(cent, tenth, first, [bought, refund(bought, 50n)]);
    expect(brief(second)).toEqual(['reversed none -3']);
    expect(second[0]!.turn).toBe(2);
    const third = enter(
      cent,
      tenth,
      [...first, ...second],
      [bought, refund(bought, 60n), refund(bought, 10n)],
    );
    expect(third).toEqual([]);
  });

  it('frees budget by a refund, for later events and not for those that were refused', () => {
    const [big, missed, next] = [order(0, 200n), order(1, 10n), order(2, 10n)];
    const first = enter(cent, tenth, [], [big, missed, refund(big, 200n)]);
    expect(brief(first)).toEqual(['earned none 20', 'refused budget 0', 'reversed none -20']);
    expect(brief(enter(cent, tenth, first, [big, missed, refund(big, 200n), next]))).toEqual([
      'earned none 1',
    ]);
  });

  it('holds the cap of a person by rule and over all rules', () => {
    const limits = { ...cent, personCap: 6n * one };
    const rules = [{ amount: 3n * one, cap: 5n * one }, { amount: 4n * one }];
    const events = [
      order(0, 1n),
      order(1, 1n),
      order(2, 1n, { rule: 1 }),
      order(3, 1n, { rule: 1 }),
      order(4, 1n, { person: 1 }),
    ];
    expect(brief(enter(limits, rules, [], events))).toEqual([
      'earned none 3',
      'capped rule 2',
      'capped person 1',
      'refused person 0',
      'earned none 3',
    ]);
  });

  it('enters what is worth nothing, even under a cap of 0 and a spent budget, and takes it back once', () => {
    const named = order(0, 0n, { whole: 0n });
    const spent = { ...cent, budget: 0n, personCap: 0n };
    const first = enter(spent, [{ cap: 0n }], [], [named, order(1, 0n)]);
    expect(brief(first)).toEqual(['earned none 0', 'earned none 0']);
    const second = enter(spent, [{ cap: 0n }], first, [refund(named, 0n), refund(named, 0n)]);
    expect(brief(second)).toEqual(['reversed none 0']);
    expect(enter(spent, [{ cap: 0n }], [...first, ...second], [refund(named, 0n)])).toEqual([]);
  });

  it('refuses everything that costs where the cap is 0, and takes nothing back of it', () => {
    const bought = order(0, 10n);
    const entries = enter(cent, [{ amount: one, cap: 0n }], [], [bought, refund(bought, 10n)]);
    expect(brief(entries)).toEqual(['refused rule 0']);
  });

  it('pays nothing more when the budget is lowered below what is paid, and takes nothing back for it', () => {
    const first = enter(cent, tenth, [], [order(0, 150n)]);
    const second = enter({ ...cent, budget: one }, tenth, first, [order(1, 10n)]);
    expect(brief(second)).toEqual(['refused budget 0']);
  });

  it('counts a rate exactly where doubles would not, and rounds to what can be paid, halves up', () => {
    const rules = [{ rate: 70_000_000n }];
    // 0.07 × 0.50 is .035, which doubles put below the half.
    const half = order(0, 0n, { value: 5000n, whole: 5000n });
    expect(enter(cent, rules, [], [half])[0]!.amount).toBe(400n);
    const yen = { budget: 1000n * one, personCap: undefined, smallest: one };
    expect(enter(yen, rules, [], [order(0, 107n)])[0]!.amount).toBe(7n * one);
    expect(enter(yen, rules, [], [order(0, 108n)])[0]!.amount).toBe(8n * one);
  });

  it('refuses an amount that can not be counted exactly', () => {
    expect(() => enter(cent, tenth, [], [order(0, 10n ** 12n)])).toThrow(/more than can be counted exactly/);
  });
});

interface Story {
  limits: NaiveLimits;
  rules: NaiveRule[];
  /** Orders and mentions, each with the night in which it is first known, and its refunds. */
  happenings: {
    person: number;
    rule: number;
    value: bigint;
    known: number;
    refunds: { known: number; part: bigint }[];
  }[];
  nights: number;
  /** What is known of a night arrives in an order of its own, some of it twice. */
  shuffles: number[][];
}

const money = (most: number) => fc.integer({ min: 0, max: most }).map(BigInt);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const stories: fc.Arbitrary<Story> = fc.record({
  limits: fc.record({
    budget: money(300_000),
    personCap: maybe(money(150_000)),
    smallest: fc.constantFrom(1n, 100n, 10_000n),
  }),
  rules: fc.array(
    fc.oneof(
      fc.record({ rate: fc.integer({ min: 0, max: 1e9 }).map(BigInt), cap: maybe(money(90_000)) }),
      fc.record({ amount: money(60_000), cap: maybe(money(90_000)) }),
      fc.record({ cap: maybe(money(90_000)) }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
  happenings: fc.array(
    fc.record({
      person: fc.nat(2),
      rule: fc.nat(2),
      value: money(200_000),
      known: fc.nat(3),
      refunds: fc.array(fc.record({ known: fc.nat(3), part: money(250_000) }), { maxLength: 2 }),
    }),
    { maxLength: 14 },
  ),
  nights: fc.constant(4),
  shuffles: fc.array(fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }), {
    minLength: 4,
    maxLength: 4,
  }),
});

/** What a night knows: everything that it and the nights before have heard of, in some order, some twice. */
function eventsOf(story: Story, night: number): NaiveEvent[] {
  const known = story.happenings.flatMap(({ person, rule, value, known, refunds }, reward) => {
    const event = { reward, person, rule: rule % story.rules.length, value, part: 0n, whole: value };
    const given = known <= night ? [{ ...event, isReversal: false }] : [];
    // A refund may be heard of before its order.
    const back = refunds.filter(refund => refund.known <= night);
    return [...given, ...back.map(({ part }) => ({ ...event, part, isReversal: true }))];
  });
  const keys = story.shuffles[night]!;
  const twice = known.filter((_, place) => keys[place % 60]! % 3 === 0);
  const keyed = [...known, ...twice].map((event, place) => ({ event, key: keys[place % 60]! }));
  return keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
}

function nightsOf(story: Story, ledger: typeof enter): NaiveEntry[][] {
  const nights: NaiveEntry[][] = [];
  for (let night = 0; night < story.nights; night++) {
    const before = nights.flat();
    nights.push(ledger(story.limits, story.rules, before, eventsOf(story, night)));
  }
  return nights;
}

describe('over several nights, in any order of arrival, with duplicates and refunds before their orders', () => {
  const runs = { numRuns: 400 };

  it('equals a ledger that counts everything anew for each event', () => {
    fc.assert(
      fc.property(stories, story => {
        expect(nightsOf(story, enter)).toEqual(nightsOf(story, enterNaively));
      }),
      runs,
    );
  });

  it('never pays more than the budget, the cap of a person or the cap of a rule, after any entry', () => {
    fc.assert(
      fc.property(stories, story => {
        const { budget, personCap } = story.limits;
        const entries = nightsOf(story, enter).flat();
        let paid = 0n;
        const theirs = new Map<string, bigint>();
        for (const { person, rule, amount } of entries) {
          paid += amount;
          expect(paid >= 0n && paid <= budget).toBe(true);
          for (const key of [`${person}`, `${person} ${rule}`])
            theirs.set(key, (theirs.get(key) ?? 0n) + amount);
          if (personCap !== undefined) expect(theirs.get(`${person}`)! <= personCap).toBe(true);
          const { cap } = story.rules[rule]!;
          if (cap !== undefined) expect(theirs.get(`${person} ${rule}`)! <= cap).toBe(true);
        }
      }),
      runs,
    );
  });

  it('gives each event once, and takes back no more than it gave', () => {
    fc.assert(
      fc.property(stories, story => {
        const entries = nightsOf(story, enter).flat();
        for (const [reward] of story.happenings.entries()) {
          const about = entries.filter(entry => entry.reward === reward);
          const given = about.filter(({ state }) => state !== 'reversed');
          expect(given.length).toBeLessThanOrEqual(1);
          if (about.length > 0) expect(about[0]).toBe(given[0]);
          const net = about.reduce((sum, { amount }) => sum + amount, 0n);
          expect(net >= 0n && net <= (given[0]?.due ?? 0n)).toBe(true);
          expect(about.map(({ turn }) => turn)).toEqual(about.map((_, place) => place));
        }
      }),
      runs,
    );
  });

  it('appends nothing when it hears the same again', () => {
    fc.assert(
      fc.property(stories, story => {
        const nights = nightsOf(story, enter);
        const all = nights.flat();
        const again = eventsOf(story, story.nights - 1).toSorted((a, b) => a.reward - b.reward);
        // Refunds that came before their orders are heard for the first time now.
        const settled = [...all, ...enter(story.limits, story.rules, all, again)];
        expect(enter(story.limits, story.rules, settled, again)).toEqual([]);
      }),
      runs,
    );
  });
});
