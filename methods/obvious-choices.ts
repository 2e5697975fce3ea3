import { type Limits, Purse, takeInOrder } from './limits.ts';
import type { Random } from './random.ts';

/**
 * The budget in equal parts to the groups, each part spent on the group's best by their reach alone, whoever fits; what the
 * parts leave over goes to the best of all who are left.
 *
 * @param group number of each candidate's group; −1 counts as one more group
 * @param reach each candidate's reach alone
 */
export function equalSplit(
  eligible: Int32Array,
  limits: Limits,
  group: Int32Array,
  reach: Float64Array,
): number[] {
  const best = eligible.slice().sort((a, b) => reach[b]! - reach[a]! || a - b);
  const purse = new Purse(limits);
  const numbers = [...new Set(eligible.map(candidate => group[candidate]!))].sort((a, b) => a - b);
  const part = Math.floor(limits.budget / numbers.length);
  const chosen: number[] = [];
  for (const number of numbers) {
    let left = part;
    for (const candidate of best) {
      if (group[candidate] !== number || limits.cost[candidate]! > left || !purse.allows(candidate)) continue;
      left -= limits.cost[candidate]!;
      purse.pay(candidate);
      chosen.push(candidate);
    }
  }
  const isChosen = new Set(chosen);
  return [
    ...chosen,
    ...takeInOrder(
      best.filter(candidate => !isChosen.has(candidate)),
      purse,
    ),
  ];
}

/** Those with most followers first, whoever fits; where followers are unknown (NaN), last. */
export function topFollowers(eligible: Int32Array, limits: Limits, followers: Float64Array): number[] {
  const known = (candidate: number) => (Number.isNaN(followers[candidate]!) ? -1 : followers[candidate]!);
  const order = eligible.slice().sort((a, b) => known(b) - known(a) || a - b);
  return takeInOrder(order, new Purse(limits));
}

/** `count` times: anybody in random order, whoever fits. */
export function randomChoices(
  eligible: Int32Array,
  limits: Limits,
  count: number,
  random: Random,
): number[][] {
  const order = eligible.slice();
  const cheapest = order.reduce((least, candidate) => Math.min(least, limits.cost[candidate]!), Infinity);
  return Array.from({ length: count }, () => {
    const purse = new Purse(limits);
    const taken: number[] = [];
    for (let place = 0; place < order.length && purse.left >= cheapest; place++) {
      const other = place + random.below(order.length - place);
      [order[place], order[other]] = [order[other]!, order[place]!];
      if (!purse.allows(order[place]!)) continue;
      purse.pay(order[place]!);
      taken.push(order[place]!);
    }
    return taken;
  });
}
