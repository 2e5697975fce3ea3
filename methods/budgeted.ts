import { knapsackBound } from './knapsack-bound.ts';
import { type Limits, Purse } from './limits.ts';

/** A monotone submodular function of a growing set of candidates. */
export interface Gains {
  /** Begins again with nobody. */
  restart(): void;
  /** What the candidate would add to those taken so far. */
  gain(candidate: number): number;
  take(candidate: number): void;
}

export type Rule = 'gain per cost' | 'gain';

export interface Choice {
  /** In the order in which they were taken. */
  members: number[];
  /** The function's value of the members. */
  value: number;
  rule: Rule;
}

/** What every choice among the same candidates begins with. */
export interface Beginning {
  /** Each candidate's gain on top of nobody. */
  first: Float64Array;
  /** Those who gain something, as a heap by each rule. */
  heaps: Record<Rule, Int32Array>;
}

function begin(gains: Gains, eligible: Int32Array, { cost }: Limits): Beginning {
  const first = new Float64Array(cost.length);
  gains.restart();
  for (const candidate of eligible) first[candidate] = gains.gain(candidate);
  const useful = eligible.filter(candidate => first[candidate]! > 0);
  const heapBy = (rule: Rule) => new Heap(useful.slice(), before(rule, first, cost)).ordered();
  return { first, heaps: { 'gain per cost': heapBy('gain per cost'), gain: heapBy('gain') } };
}

type IsBefore = (a: number, b: number) => boolean;

/** Who comes first by a rule; among equals who gains more, then the lower number. */
function before(rule: Rule, gain: Float64Array, cost: Float64Array): IsBefore {
  const byGain: IsBefore = (a, b) => (gain[a] === gain[b] ? a < b : gain[a]! > gain[b]!);
  if (rule === 'gain') return byGain;
  return (a, b) => {
    // ∞ − ∞, of two who cost nothing, is no number, and neither above 0 nor below.
    const difference = gain[a]! / cost[a]! - gain[b]! / cost[b]!;
    return difference > 0 || (!(difference < 0) && byGain(a, b));
  };
}

/**
 * Members within the limits by lazy greedy choice (CELF; Leskovec et al. 2007), each time the one who gains most, or most
 * per cost, of those who still fit. Nobody is taken who gains nothing. Who costs nothing comes first by gain per cost.
 *
 * A candidate's gain only falls as the set grows, so that an old one is an upper bound, and only the candidate at the top of
 * the heap needs a new one.
 *
 * @param missing a candidate who may not be taken; −1 for none
 * @param grown told the value and number of members after each one, and once more at the end
 */
function chooseBy(
  rule: Rule,
  gains: Gains,
  { first, heaps }: Beginning,
  limits: Limits,
  missing = -1,
  grown: (value: number, size: number, isLast: boolean) => void = () => {},
): Choice {
  const purse = new Purse(limits);
  const gain = first.slice();
  const heap = new Heap(heaps[rule].slice(), before(rule, gain, limits.cost));
  const isNewFor = new Int32Array(gain.length);
  const members: number[] = [];
  let value = 0;
  gains.restart();
  while (heap.size > 0) {
    const best = heap.top;
    if (best === missing || !purse.allows(best)) heap.drop();
    else if (isNewFor[best] !== members.length) {
      gain[best] = gains.gain(best);
      isNewFor[best] = members.length;
      if (gain[best]! > 0) heap.sink();
      else heap.drop();
    } else {
      heap.drop();
      purse.pay(best);
      gains.take(best);
      value += gain[best]!;
      members.push(best);
      grown(value, members.length, false);
    }
  }
  grown(value, members.length, true);
  return { members, value, rule };
}

/**
 * The better of greedy choice by gain per cost and by gain, within a budget and quotas.
 *
 * The second one begins with the best single candidate, so without quotas the result is worth at least .405 of the best set
 * (Tang et al. 2021; Khuller, Moss, Naor 1999 for the single one). With quotas `bound` alone is claimed.
 *
 * @param eligible candidates who may be chosen; one who costs more than the budget never fits, and must not be among them
 * @returns also `bound`: no set within the limits is worth more. For each of a few sets S met on the way it is
 * f(S) + what the gains on top of S could add at most (`knapsackBound`); the least of these.
 */
export function chooseWithin(
  gains: Gains,
  eligible: Int32Array,
  limits: Limits,
): Choice & { bound: number; beginning: Beginning } {
  const beginning = begin(gains, eligible, limits);
  let bound = knapsackBound(beginning.first, eligible, limits);
  const now = new Float64Array(limits.cost.length);
  const tighten = (value: number) => {
    for (const candidate of eligible) now[candidate] = gains.gain(candidate);
    bound = Math.min(bound, value + knapsackBound(now, eligible, limits));
  };
  // Between sizes a factor of four apart the bound hardly changes, and every time all gains are needed.
  const byCost = chooseBy('gain per cost', gains, beginning, limits, -1, (value, size, isLast) => {
    if (isLast || isPowerOfFour(size)) tighten(value);
  });
  const byGain = chooseBy('gain', gains, beginning, limits, -1, (value, _, isLast) => {
    if (isLast) tighten(value);
  });
  return { ...(byGain.value > byCost.value ? byGain : byCost), bound, beginning };
}

function isPowerOfFour(size: number): boolean {
  return Number.isInteger(Math.log2(size) / 2);
}

/**
 * The best plan that lacks a member of the given one: the best of those that the same procedure chooses when one of its
 * members may not be taken, for the up to `tries` members whom the plan loses least by.
 */
export function chooseOtherwise(
  gains: Gains,
  beginning: Beginning,
  limits: Limits,
  plan: Choice,
  tries: number,
): Choice {
  let best: Choice = { members: [], value: 0, rule: plan.rule };
  for (const missing of leastMissed(gains, plan, tries)) {
    for (const rule of ['gain per cost', 'gain'] as const) {
      const choice = chooseBy(rule, gains, beginning, limits, missing);
      if (choice.value > best.value) best = choice;
    }
  }
  return best;
}

/** Those without whom the other members are worth most; of large plans, among the last taken. */
function leastMissed(gains: Gains, { members }: Choice, tries: number): number[] {
  const late = members.slice(-4 * tries);
  const rest = new Map(
    late.map(missing => {
      gains.restart();
      let value = 0;
      for (const member of members) {
        if (member === missing) continue;
        value += gains.gain(member);
        gains.take(member);
      }
      return [missing, value];
    }),
  );
  return late.sort((a, b) => rest.get(b)! - rest.get(a)! || a - b).slice(0, tries);
}

/** A binary heap of candidates whose order may change at the top. */
class Heap {
  size: number;
  readonly #items: Int32Array;
  readonly #isBefore: IsBefore;

  /** @param items in the order of such a heap already, or to be `ordered`; they are its own from now on */
  constructor(items: Int32Array, isBefore: IsBefore) {
    this.#items = items;
    this.#isBefore = isBefore;
    this.size = items.length;
  }

  get top(): number {
    return this.#items[0]!;
  }

  /** The items, in the order of a heap. */
  ordered(): Int32Array {
    for (let place = (this.size >> 1) - 1; place >= 0; place--) this.#sinkFrom(place);
    return this.#items;
  }

  /** Takes the top away. */
  drop(): void {
    this.#items[0] = this.#items[--this.size]!;
    this.#sinkFrom(0);
  }

  /** Moves the top to where it belongs now. */
  sink(): void {
    this.#sinkFrom(0);
  }

  #sinkFrom(from: number): void {
    const items = this.#items;
    const item = items[from]!;
    let place = from;
    for (let child = 2 * place + 1; child < this.size; child = 2 * place + 1) {
      if (child + 1 < this.size && this.#isBefore(items[child + 1]!, items[child]!)) child++;
      if (!this.#isBefore(items[child]!, item)) break;
      items[place] = items[child]!;
      place = child;
    }
    items[place] = item;
  }
}
