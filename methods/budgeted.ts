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

/**
 * Members within the limits by lazy greedy choice (CELF; Leskovec et al. 2007), each time the one who gains most, or most
 * per cost, of those who still fit. Nobody is taken who gains nothing. Who costs nothing comes first by gain per cost.
 *
 * A candidate's gain only falls as the set grows, so that an old one is an upper bound, and only the candidate at the top of
 * the heap needs a new one.
 *
 * @param first each candidate's gain on top of nobody
 * @param grown told each number of members that is a power of two, and the last
 */
function chooseBy(
  rule: Rule,
  gains: Gains,
  first: Float64Array,
  eligible: Int32Array,
  limits: Limits,
  grown: (value: number) => void,
): Choice {
  const purse = new Purse(limits);
  const gain = first.slice();
  const score = (candidate: number) =>
    rule === 'gain' ? gain[candidate]! : gain[candidate]! / limits.cost[candidate]!;
  const isBefore = (a: number, b: number) => {
    const difference = score(a) - score(b);
    // Infinity − Infinity, of two who cost nothing, is no number: then, as among equals, the gain decides.
    if (difference > 0 || difference < 0) return difference > 0;
    return gain[a] === gain[b] ? a < b : gain[a]! > gain[b]!;
  };
  const heap = new Heap(
    eligible.filter(candidate => gain[candidate]! > 0),
    isBefore,
  );
  const isNewFor = new Int32Array(gain.length);
  const members: number[] = [];
  let value = 0;
  gains.restart();
  while (heap.size > 0) {
    const best = heap.top;
    if (!purse.allows(best)) heap.drop();
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
      if ((members.length & (members.length - 1)) === 0) grown(value);
    }
  }
  grown(value);
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
): Choice & { bound: number; first: Float64Array } {
  const first = new Float64Array(limits.cost.length);
  gains.restart();
  for (const candidate of eligible) first[candidate] = gains.gain(candidate);
  let bound = knapsackBound(first, eligible, limits);
  const now = new Float64Array(first.length);
  const tighten = (value: number) => {
    for (const candidate of eligible) now[candidate] = gains.gain(candidate);
    bound = Math.min(bound, value + knapsackBound(now, eligible, limits));
  };
  const byCost = chooseBy('gain per cost', gains, first, eligible, limits, tighten);
  const byGain = chooseBy('gain', gains, first, eligible, limits, tighten);
  return { ...(byGain.value > byCost.value ? byGain : byCost), bound, first };
}

/**
 * The best plan that lacks a member of the given one: the best of those that the same procedure chooses when one of its
 * members may not be taken, for the up to `tries` members whom the plan loses least by.
 */
export function chooseOtherwise(
  gains: Gains,
  eligible: Int32Array,
  limits: Limits,
  plan: Choice,
  first: Float64Array,
  tries: number,
): Choice {
  let best: Choice = { members: [], value: 0, rule: plan.rule };
  for (const missing of leastMissed(gains, plan, tries)) {
    const others = eligible.filter(candidate => candidate !== missing);
    for (const rule of ['gain per cost', 'gain'] as const) {
      const choice = chooseBy(rule, gains, first, others, limits, () => {});
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
  readonly #isBefore: (a: number, b: number) => boolean;

  constructor(items: Int32Array, isBefore: (a: number, b: number) => boolean) {
    this.#items = items;
    this.#isBefore = isBefore;
    this.size = items.length;
    for (let place = (this.size >> 1) - 1; place >= 0; place--) this.#sinkFrom(place);
  }

  get top(): number {
    return this.#items[0]!;
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
