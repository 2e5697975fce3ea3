/** At most `quota` people of each group: `group` numbers each candidate's, −1 for none; Infinity where there is no quota. */
export interface Grouping {
  group: Int32Array;
  quota: Float64Array;
}

/** What a set of candidates must keep to. */
export interface Limits {
  /** Per candidate, whole units of the smallest money, so that sums are exact below 2^53. */
  cost: Float64Array;
  budget: number;
  groupings: readonly Grouping[];
}

/** A budget and quotas while they are being used up. */
export class Purse {
  /** Money that is left. */
  left: number;
  readonly #limits: Limits;
  readonly #places: readonly Float64Array[];

  constructor(limits: Limits) {
    this.#limits = limits;
    this.left = limits.budget;
    this.#places = limits.groupings.map(({ quota }) => quota.map(Math.floor));
  }

  /** Whether the candidate fits. What does not fit once never fits later. */
  allows(candidate: number): boolean {
    if (this.#limits.cost[candidate]! > this.left) return false;
    return this.#limits.groupings.every(
      ({ group }, place) => group[candidate]! < 0 || this.#places[place]![group[candidate]!]! >= 1,
    );
  }

  pay(candidate: number): void {
    this.left -= this.#limits.cost[candidate]!;
    this.#limits.groupings.forEach(({ group }, place) => {
      if (group[candidate]! >= 0) this.#places[place]![group[candidate]!]! -= 1;
    });
  }
}

/** Everybody of `order` who still fits, in that order. */
export function takeInOrder(order: Iterable<number>, purse: Purse): number[] {
  const taken: number[] = [];
  for (const candidate of order) {
    if (!purse.allows(candidate)) continue;
    purse.pay(candidate);
    taken.push(candidate);
  }
  return taken;
}

/** Σ cost of the members. */
export function costOf(members: readonly number[], cost: Float64Array): number {
  return members.reduce((sum, member) => sum + cost[member]!, 0);
}
