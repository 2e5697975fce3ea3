import type { ChannelPaths, Credit } from './channel-paths.ts';

/**
 * Credit by removal from a Markov chain of first order (Anderl, Becker, von Wangenheim & Schumann 2016, International Journal of
 * Research in Marketing 33(3), 457–474): paths run from the start over channels to an order or to none, each step by how often it was
 * taken from where one stands. Without a channel those who would come to it are lost; its effect is the share of the orders' chance
 * lost thereby, and all orders are divided in proportion to the effects. Value is divided alike.
 *
 * Who is lost without channel c is who would ever have come to it and ordered: P(visit c) · P(order | c), with
 * P(visit c) = G(start, c) / G(c, c), G = (I − Q)⁻¹: one sparse solution a channel, by Gauss–Seidel, to 10⁻¹² of the largest
 * number. A step from a channel to itself changes none of these chances and is left out.
 *
 * Time O(steps of all paths + channels · different steps · rounds); channels that nobody meets get 0.
 */
export function markovRemoval(paths: ChannelPaths): Credit {
  const { channels, start, orders, value } = paths;
  const chain = chainOf(paths);
  const onward = stepsBy(chain.from, chain);
  const backward = stepsBy(chain.to, { ...chain, to: chain.from });
  const patience = longestWalk(onward, channels);
  const convert = solve(onward, chain.converts, patience);
  // Backwards it is sums of residuals that grow, not the largest one.
  const visits = solve(backward, chain.begins, patience * channels);
  const effect = new Float64Array(channels);
  const only = new Float64Array(channels);
  for (let one = 0; one < channels; one++) {
    if (visits[one] === 0 || convert[one] === 0) continue;
    only[one] = 1;
    const stays = solve(onward, only, patience)[one]!;
    only[one] = 0;
    effect[one] = (visits[one]! / stays) * convert[one]!;
  }
  const all = effect.reduce((sum, one) => sum + one, 0);
  const totalOf = (amounts: Float64Array) =>
    amounts.reduce((sum, amount, path) => (start[path + 1]! > start[path]! ? sum + amount : sum), 0);
  const divided = (total: number) => effect.map(one => (all > 0 ? (one / all) * total : 0));
  return { orders: divided(totalOf(orders)), value: divided(totalOf(value)) };
}

/** Chances of the first channel, of an order from each, and of each step; what is missing to 1 leads to no order. */
interface Chain {
  begins: Float64Array;
  converts: Float64Array;
  from: Int32Array;
  to: Int32Array;
  chance: Float64Array;
}

function chainOf({ channels, start, channel, orders }: ChannelPaths): Chain {
  const begins = new Float64Array(channels);
  const converts = new Float64Array(channels);
  const leaves = new Float64Array(channels);
  const steps = new Map<number, number>();
  let begun = 0;
  for (let path = 0; path < orders.length; path++) {
    const [first, end] = [start[path]!, start[path + 1]!];
    if (first === end) continue;
    // A path without an order was walked once.
    const times = orders[path]! || 1;
    begun += times;
    begins[channel[first]!]! += times;
    for (let at = first + 1; at < end; at++) {
      const [from, to] = [channel[at - 1]!, channel[at]!];
      if (from === to) continue;
      leaves[from]! += times;
      steps.set(from * channels + to, (steps.get(from * channels + to) ?? 0) + times);
    }
    const last = channel[end - 1]!;
    leaves[last]! += times;
    if (orders[path]! > 0) converts[last]! += times;
  }
  // In one order whatever that of the paths, so that sums come out the same.
  const keys = [...steps.keys()].sort((a, b) => a - b);
  const from = Int32Array.from(keys, key => Math.floor(key / channels));
  return {
    begins: begins.map(times => times / Math.max(1, begun)),
    converts: converts.map((times, one) => times / Math.max(1, leaves[one]!)),
    from,
    to: Int32Array.from(keys, key => key % channels),
    chance: Float64Array.from(keys, (key, step) => steps.get(key)! / leaves[from[step]!]!),
  };
}

/** Steps grouped by one of their ends: those of end e are start[e] … start[e + 1] − 1. */
interface Steps {
  start: Int32Array;
  other: Int32Array;
  chance: Float64Array;
}

function stepsBy(end: Int32Array, { begins, to, chance }: Chain): Steps {
  const start = new Int32Array(begins.length + 1);
  for (const one of end) start[one + 1]! += 1;
  for (let one = 0; one < begins.length; one++) start[one + 1]! += start[one]!;
  const free = start.slice();
  const steps = { start, other: new Int32Array(end.length), chance: new Float64Array(end.length) };
  end.forEach((one, step) => {
    const place = free[one]!++;
    steps.other[place] = to[step]!;
    steps.chance[place] = chance[step]!;
  });
  return steps;
}

const tolerance = 1e-12;

/** A bound for the mean number of channels still met from any channel, by which a residual may grow into an error. */
function longestWalk(steps: Steps, channels: number): number {
  const lengths = solve(steps, new Float64Array(channels).fill(1), 1e6);
  return lengths.reduce((longest, length) => Math.max(longest, length), 1);
}

/** s_e = Σ chance · s_other + right_e, from below, until what may still come is beneath the tolerance. */
function solve({ start, other, chance }: Steps, right: Float64Array, patience: number): Float64Array {
  const solution = right.slice();
  for (;;) {
    let change = 0;
    let largest = 0;
    for (let end = 0; end < right.length; end++) {
      let next = right[end]!;
      for (let step = start[end]!; step < start[end + 1]!; step++)
        next += chance[step]! * solution[other[step]!]!;
      change = Math.max(change, Math.abs(next - solution[end]!));
      largest = Math.max(largest, next);
      solution[end] = next;
    }
    // Beneath the last bits of the largest number nothing moves any more but rounding.
    if (change * patience <= tolerance * largest || change <= Number.EPSILON * largest) return solution;
  }
}
