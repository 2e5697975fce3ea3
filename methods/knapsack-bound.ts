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
  const { cost, groupings } = limits;
  const prices = groupings.map(({ quota }) => new Float64Array(quota.length));
  /** Gains less the prices of places, those of one grouping left out; in the order of `eligible`. */
  const worth = (but = -1) => {
    const rest = Float64Array.from(eligible, candidate => gain[candidate]!);
    groupings.forEach(({ group }, at) => {
      if (at === but || prices[at]!.every(price => price === 0)) return;
      for (let place = 0; place < rest.length; place++) {
        const number = group[eligible[place]!]!;
        if (number >= 0) rest[place]! -= prices[at]![number]!;
      }
    });
    return rest;
  };
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const { total, price } = fractional(worth(), eligible, limits);
    const bound = total + forPlaces(prices, groupings);
    if (bound >= least) break;
    least = bound;
    if (!groupings.some(hasQuota)) break;
    groupings.forEach((grouping, at) => {
      const rest = worth(at).map((value, place) => value - price * cost[eligible[place]!]!);
      improve(prices[at]!, grouping, eligible, rest);
    });
  }
  return least;
}

function hasQuota({ quota }: Grouping): boolean {
  return quota.some(most => most < Number.POSITIVE_INFINITY);
}

/** What all places cost. */
function forPlaces(prices: readonly Float64Array[], groupings: readonly Grouping[]): number {
  let total = 0;
  groupings.forEach(({ quota }, at) => {
    prices[at]!.forEach((price, group) => {
      if (price > 0) total += price * quota[group]!;
    });
  });
  return total;
}

/**
 * The best use of the budget when the last one taken may be taken in part, and the price of money there. Found by halving
 * around a rate of worth per cost, again and again, as quicksort would but for the half that does not matter.
 */
function fractional(
  worth: Float64Array,
  eligible: Int32Array,
  { cost, budget }: Limits,
): { total: number; price: number } {
  const costs = Float64Array.from(eligible, candidate => cost[candidate]!);
  const rate = worth.map((value, place) => value / costs[place]!);
  const places = eligible.map((_, place) => place).filter(place => worth[place]! > 0);
  let left = budget;
  let total = 0;
  let from = 0;
  let to = places.length;
  while (from < to) {
    const pivot = middle(rate[places[from]!]!, rate[places[(from + to) >> 1]!]!, rate[places[to - 1]!]!);
    // From `from` to `better` are those above the pivot, from there to `at` its equals, from `worse` on those below.
    let better = from;
    let worse = to;
    let price = 0;
    for (let at = from; at < worse; ) {
      const place = places[at]!;
      if (rate[place]! < pivot) {
        places[at] = places[--worse]!;
        places[worse] = place;
      } else if (rate[place]! > pivot) {
        price += costs[place]!;
        places[at++] = places[better]!;
        places[better++] = place;
      } else at++;
    }
    if (price > left) {
      to = better;
      continue;
    }
    left -= price;
    for (let at = from; at < better; at++) total += worth[places[at]!]!;
    for (let at = better; at < worse; at++) {
      const place = places[at]!;
      if (costs[place]! > left)
        return { total: total + (worth[place]! * left) / costs[place]!, price: pivot };
      left -= costs[place]!;
      total += worth[place]!;
    }
    from = worse;
  }
  return { total, price: 0 };
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The best price of each group's places, all else given: what the first one without a place would be worth. */
function improve(
  price: Float64Array,
  { group, quota }: Grouping,
  eligible: Int32Array,
  worth: Float64Array,
): void {
  const worths = new Map<number, number[]>();
  worth.forEach((value, place) => {
    const number = group[eligible[place]!]!;
    if (value <= 0 || number < 0 || quota[number] === Number.POSITIVE_INFINITY) return;
    if (!worths.has(number)) worths.set(number, []);
    worths.get(number)!.push(value);
  });
  price.fill(0);
  for (const [number, list] of worths) {
    list.sort((a, b) => b - a);
    price[number] = list[Math.floor(quota[number]!)] ?? 0;
  }
}
