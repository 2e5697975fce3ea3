import { FatalError } from '../contracts/errors.ts';

/*
 * A ledger of what influencers earned: entries are appended and never changed, an event earns by each rule once, what is
 * taken back is an entry of its own, and what has been paid in all never exceeds the budget. Money is in whole units
 * (1/10000 of the currency) held in doubles, which are exact up to 2^53.
 */

/** What became of an event, as `state` of an entry. */
export const states = { earned: 0, capped: 1, refused: 2, reversed: 3 } as const;
/** Which limit cut or refused a reward; `none` for others. */
export const limits = { none: 0, budget: 1, person: 2, rule: 3 } as const;

/** The rules, by rule number; NaN where a rule does not say. */
export interface RewardRules {
  /** Units for each event. */
  amount: Float64Array;
  /** Share of the event's value, counted to a billionth. */
  rate: Float64Array;
  /** Units that one person may earn by the rule. */
  cap: Float64Array;
}

/** Entries of the past, in any order. */
export interface EnteredColumns {
  reward: Int32Array;
  person: Int32Array;
  /** Rule number, or −1 where the rule is no longer there. */
  rule: Int32Array;
  /** One of `states`. */
  state: Int32Array;
  /** Units; those of a reversal are negative. */
  amount: Float64Array;
}

/** Events, in the order in which they are entered. */
export interface EventColumns {
  /** Which reward it gives or takes back: one number for an event and a rule. */
  reward: Int32Array;
  person: Int32Array;
  rule: Int32Array;
  /** 0 gives the reward, 1 takes it back. */
  isReversal: Int32Array;
  /** Units that a rate is a share of. */
  value: Float64Array;
  /** A reversal takes back `part` of `whole`, both in all until now; all of it where part ≥ whole. */
  part: Float64Array;
  whole: Float64Array;
}

export interface LedgerInput {
  /** Units that may be paid in all. */
  budget: number;
  /** Units that one person may earn in all; Infinity where there is no limit. */
  personCap: number;
  /** The smallest amount that can be paid, in units: shares and cut rewards are whole multiples of it. */
  smallest: number;
  rules: RewardRules;
  /** How many rewards and persons there are: their numbers lie below. */
  rewards: number;
  persons: number;
  entered: EnteredColumns;
  events: EventColumns;
}

/** The entries to append, in order. */
export interface AppendedColumns {
  /** Place of the event in the input. */
  event: Int32Array;
  state: Int32Array;
  limit: Int32Array;
  /** What the rule alone would give or take, in units. */
  due: Float64Array;
  /** What is given, in units; negative where it is taken back. */
  amount: Float64Array;
  /** 0 for what is given, else which reversal of the reward it is, from 1 on. */
  turn: Int32Array;
}

/**
 * Enters events into a ledger that has entries already.
 *
 * @throws FatalError when an amount is too large to be counted exactly
 */
export function enterEvents(input: LedgerInput): AppendedColumns {
  const { rules, events } = input;
  checkExact([input.budget, rules.amount, rules.cap, events.value, events.part, events.whole]);
  const ledger = new Ledger(input);
  const appended: (readonly [number, number, number, number, number, number])[] = [];
  for (let event = 0; event < events.reward.length; event++) {
    const entry = events.isReversal[event] === 1 ? ledger.takeBack(event) : ledger.give(event);
    if (entry === undefined) continue;
    const { state, limit, due, amount, turn } = entry;
    appended.push([event, state, limit, due, amount, turn]);
  }
  const whole = (place: number) => Int32Array.from(appended, entry => entry[place]!);
  const money = (place: number) => Float64Array.from(appended, entry => entry[place]!);
  return {
    event: whole(0),
    state: whole(1),
    limit: whole(2),
    due: money(3),
    amount: money(4),
    turn: whole(5),
  };
}

interface Entry {
  state: number;
  limit: number;
  due: number;
  amount: number;
  turn: number;
}

class Ledger {
  readonly #input: LedgerInput;
  /** Units paid: earned less taken back. */
  #paid = 0;
  readonly #byPerson: Float64Array;
  /** By person and rule. */
  readonly #byRule = new Map<number, number>();
  /** By reward: what was earned, NaN where nothing was entered. */
  readonly #earned: Float64Array;
  readonly #takenBack: Float64Array;
  /** By reward: how many times something was taken back; −1 where it was refused, so that nothing can be. */
  readonly #turns: Int32Array;

  constructor(input: LedgerInput) {
    this.#input = input;
    this.#byPerson = new Float64Array(input.persons);
    this.#earned = new Float64Array(input.rewards).fill(Number.NaN);
    this.#takenBack = new Float64Array(input.rewards);
    this.#turns = new Int32Array(input.rewards);
    const { reward, person, rule, state, amount } = input.entered;
    for (let entry = 0; entry < reward.length; entry++) {
      this.#record(reward[entry]!, person[entry]!, rule[entry]!, state[entry]!, amount[entry]!);
    }
  }

  /** Gives a reward, or what the limits leave of it; nothing where it was entered before. */
  give(event: number): Entry | undefined {
    const { events, budget, personCap, smallest, rules } = this.#input;
    const [reward, person, rule] = [events.reward[event]!, events.person[event]!, events.rule[event]!];
    if (!Number.isNaN(this.#earned[reward]!)) return undefined;
    const due = this.#dueOf(event);
    const room = [
      [limits.budget, budget - this.#paid],
      [limits.person, personCap - this.#byPerson[person]!],
      [limits.rule, capOf(rules, rule) - (this.#byRule.get(this.#key(person, rule)) ?? 0)],
    ] as const;
    const [limit, left] = room.reduce((least, other) => (other[1] < least[1] ? other : least));
    const entry: Entry = { state: states.earned, limit: limits.none, due, amount: due, turn: 0 };
    // What is worth nothing is always given, even where a budget was lowered below what is paid.
    if (due > Math.max(0, left)) {
      entry.amount = Math.max(0, Math.floor(left / smallest) * smallest);
      entry.limit = limit;
      entry.state = entry.amount > 0 ? states.capped : states.refused;
    }
    this.#record(reward, person, rule, entry.state, entry.amount);
    return entry;
  }

  /** Takes back what of a reward is to be taken back and was not yet. */
  takeBack(event: number): Entry | undefined {
    const { events, smallest } = this.#input;
    const [reward, person, rule] = [events.reward[event]!, events.person[event]!, events.rule[event]!];
    const earned = this.#earned[reward]!;
    const turns = this.#turns[reward]!;
    if (Number.isNaN(earned) || turns < 0) return undefined;
    const [part, whole] = [events.part[event]!, events.whole[event]!];
    const isAll = part >= whole;
    const target = isAll ? earned : Math.min(earned, shareOf(earned, part, whole, smallest));
    const due = target - this.#takenBack[reward]!;
    // A reward without money, such as being named, is taken back once and wholly.
    const isNamedOnly = earned === 0 && isAll && turns === 0;
    if (due <= 0 && !isNamedOnly) return undefined;
    // No minus before a zero.
    const amount = due === 0 ? 0 : -due;
    this.#record(reward, person, rule, states.reversed, amount);
    return { state: states.reversed, limit: limits.none, due: amount, amount, turn: turns + 1 };
  }

  #dueOf(event: number): number {
    const { events, rules, smallest } = this.#input;
    const rule = events.rule[event]!;
    const amount = rules.amount[rule]!;
    if (!Number.isNaN(amount)) return amount;
    const rate = rules.rate[rule]!;
    if (Number.isNaN(rate)) return 0;
    return shareOf(events.value[event]!, Math.round(rate * billion), billion, smallest);
  }

  #record(reward: number, person: number, rule: number, state: number, amount: number): void {
    if (state === states.reversed) {
      this.#takenBack[reward]! -= amount;
      this.#turns[reward]! += 1;
    } else {
      this.#earned[reward] = amount;
      if (state === states.refused) this.#turns[reward] = -1;
    }
    this.#paid += amount;
    this.#byPerson[person]! += amount;
    const key = this.#key(person, rule);
    if (rule >= 0) this.#byRule.set(key, (this.#byRule.get(key) ?? 0) + amount);
  }

  #key(person: number, rule: number): number {
    return person * this.#input.rules.amount.length + rule;
  }
}

function capOf({ cap }: RewardRules, rule: number): number {
  return Number.isNaN(cap[rule]!) ? Infinity : cap[rule]!;
}

const billion = 1e9;

/** amount × part / whole, to the nearest multiple of `smallest`, halves up; exact, whatever the size of the product. */
function shareOf(amount: number, part: number, whole: number, smallest: number): number {
  const step = BigInt(whole) * BigInt(smallest);
  const steps = (2n * BigInt(amount) * BigInt(part) + step) / (2n * step);
  return Number(steps) * smallest;
}

function checkExact(groups: readonly (number | Float64Array)[]): void {
  for (const group of groups) {
    for (const units of typeof group === 'number' ? [group] : group) {
      if (Number.isNaN(units) || Number.isSafeInteger(units)) continue;
      throw new FatalError(`an amount of ${units / 10_000} is more than can be counted exactly`, {
        next: 'look for it in the orders and among the incentives of the campaign file',
      });
    }
  }
}
