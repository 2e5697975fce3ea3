import type { Gains } from './budgeted.ts';
import type { SetPool } from './reverse-reachable.ts';

/**
 * How far candidates cover a pool of reverse-reachable sets: Σ over its sets R of 1 − Π over the chosen in R of (1 − acceptance),
 * the probability that one of them accepts. Monotone and submodular in the chosen.
 */
export class Coverage implements Gains {
  readonly #acceptance: Float64Array;
  /** The sets of candidate c stand in `#sets[#start[c] .. #start[c + 1])`. */
  readonly #start: Int32Array;
  readonly #sets: Int32Array;
  /** Per set, the probability that nobody chosen so far accepts. */
  readonly #left: Float64Array;

  constructor(pool: SetPool, acceptance: Float64Array) {
    this.#acceptance = acceptance;
    const start = new Int32Array(acceptance.length + 1);
    for (let place = 0; place < pool.entries; place++) start[pool.members[place]! + 1]!++;
    for (let candidate = 0; candidate < acceptance.length; candidate++)
      start[candidate + 1]! += start[candidate]!;
    const next = start.slice(0, acceptance.length);
    this.#sets = new Int32Array(pool.entries);
    for (let set = 0, place = 0; set < pool.stored; set++)
      for (; place < pool.end[set]!; place++) this.#sets[next[pool.members[place]!]!++] = set;
    this.#start = start;
    this.#left = new Float64Array(pool.stored).fill(1);
  }

  restart(): void {
    this.#left.fill(1);
  }

  gain(candidate: number): number {
    let sum = 0;
    for (let place = this.#start[candidate]!; place < this.#start[candidate + 1]!; place++)
      sum += this.#left[this.#sets[place]!]!;
    return this.#acceptance[candidate]! * sum;
  }

  take(candidate: number): void {
    const refusal = 1 - this.#acceptance[candidate]!;
    for (let place = this.#start[candidate]!; place < this.#start[candidate + 1]!; place++)
      this.#left[this.#sets[place]!]! *= refusal;
  }
}

/** What each member covers alone, and what it adds to those before it: sums over the sets of the pool. */
export function judge(
  pool: SetPool,
  members: readonly number[],
  acceptance: Float64Array,
): { alone: Float64Array; marginal: Float64Array } {
  const placeOf = new Int32Array(acceptance.length).fill(-1);
  members.forEach((member, place) => {
    placeOf[member] = place;
  });
  const alone = new Float64Array(members.length);
  const marginal = new Float64Array(members.length);
  const found: number[] = [];
  for (let set = 0, at = 0; set < pool.stored; set++) {
    found.length = 0;
    for (; at < pool.end[set]!; at++) {
      const place = placeOf[pool.members[at]!]!;
      if (place >= 0) found.push(place);
    }
    if (found.length > 1) found.sort((a, b) => a - b);
    let left = 1;
    for (const place of found) {
      const accepts = acceptance[members[place]!]!;
      alone[place]! += accepts;
      marginal[place]! += left * accepts;
      left *= 1 - accepts;
    }
  }
  return { alone, marginal };
}

/** What each of several sets of members covers, in one pass over the pool. */
export function judgeEach(
  pool: SetPool,
  draws: readonly (readonly number[])[],
  acceptance: Float64Array,
): Float64Array {
  const start = new Int32Array(acceptance.length + 1);
  for (const members of draws) for (const member of members) start[member + 1]!++;
  for (let candidate = 0; candidate < acceptance.length; candidate++)
    start[candidate + 1]! += start[candidate]!;
  const next = start.slice(0, acceptance.length);
  const drawOf = new Int32Array(start[acceptance.length]!);
  draws.forEach((members, draw) => {
    for (const member of members) drawOf[next[member]!++] = draw;
  });
  const covered = new Float64Array(draws.length);
  const left = new Float64Array(draws.length).fill(1);
  const touched: number[] = [];
  for (let set = 0, at = 0; set < pool.stored; set++) {
    for (; at < pool.end[set]!; at++) {
      const candidate = pool.members[at]!;
      for (let place = start[candidate]!; place < start[candidate + 1]!; place++) {
        const draw = drawOf[place]!;
        if (left[draw] === 1) touched.push(draw);
        left[draw]! *= 1 - acceptance[candidate]!;
      }
    }
    for (const draw of touched) {
      covered[draw]! += 1 - left[draw]!;
      left[draw] = 1;
    }
    touched.length = 0;
  }
  return covered;
}
