import type { Grouping, Limits } from './limits.ts';

const rounds = 8;

/**
 * The most that candidates with these gains could add within the limits if gains were additive and people divisible: for a
 * submodular f and any set S, the best set is worth at most f(S) + this, of the gains on top of S.
 *
 * Without quotas that is the fractional knapsack. With quotas it is a value of the dual of the linear programme
 * (money at price μ, each group's place at price λ): any prices give an upper bound, and prices are improved in turn, each
 * exactly, for a few rounds.
 *
 * @param gain per candidate; only those of `eligible` are read
 */
export function knapsackBound(gain: Float64Array, eligible: Int32Array, limits: Limits): number {
  const prices = limits.groupings.map(({ quota }) => new Float64Array(quota.length));
  const places = () =>
    limits.groupings.reduce(
      (total, { quota }, at) =>
        total + prices[at]!.reduce((sum, price, group) => sum + price * (price > 0 ? quota[group]! : 0), 0),
      0,
    );
  const worthOf = (candidate: number, but = -1) =>
    limits.groupings.reduce(
      (rest, { group }, at) =>
        at === but || group[candidate]! < 0 ? rest : rest - prices[at]![group[candidate]!]!,
      gain[candidate]!,
    );
  const isBound = limits.groupings.some(grouping => hasQuota(grouping));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { total, price } = fractional(eligible, worthOf, limits);
    const bound = total + places();
    if (bound < least) least = bound;
    else break;
    if (!isBound) break;
    limits.groupings.forEach((grouping, at) => {
      const rest = (candidate: number) => worthOf(candidate, at) - price * limits.cost[candidate]!;
      improve(prices[at]!, grouping, eligible, rest);
    });
  }
  return least;
}

function hasQuota({ quota }: Grouping): boolean {
  return quota.some(most => most < Number.POSITIVE_INFINITY);
}

/** The best use of the budget when the last one taken may be taken in part, and the price of money there. */
function fractional(
  eligible: Int32Array,
  worthOf: (candidate: number) => number,
  { cost, budget }: Limits,
): { total: number; price: number } {
  const worth = Float64Array.from(eligible, candidate => worthOf(candidate));
  const rate = worth.map((value, place) => value / cost[eligible[place]!]!);
  const order = eligible
    .map((_, place) => place)
    .filter(place => worth[place]! > 0)
    .sort((a, b) => (rate[a] === rate[b] ? a - b : rate[b]! - rate[a]!));
  let left = budget;
  let total = 0;
  for (const place of order) {
    const price = cost[eligible[place]!]!;
    if (price > left) return { total: total + (worth[place]! * left) / price, price: rate[place]! };
    left -= price;
    total += worth[place]!;
  }
  return { total, price: 0 };
}

/** The best price of each group's places, all else given: what the first one without a place would be worth. */
function improve(
  price: Float64Array,
  { group, quota }: Grouping,
  eligible: Int32Array,
  worthOf: (candidate: number) => number,
): void {
  const worths = new Map<number, number[]>();
  for (const candidate of eligible) {
    const number = group[candidate]!;
    if (number < 0 || quota[number] === Number.POSITIVE_INFINITY) continue;
    const worth = worthOf(candidate);
    if (worth <= 0) continue;
    if (!worths.has(number)) worths.set(number, []);
    worths.get(number)!.push(worth);
  }
  price.fill(0);
  for (const [number, list] of worths) {
    list.sort((a, b) => b - a);
    price[number] = list[Math.floor(quota[number]!)] ?? 0;
  }
}
