import { FatalError } from '../contracts/errors.ts';
import type { Random } from './random.ts';

export interface CascadeInput {
  peopleCount: number;
  /** Ties sorted by influencer: that `influencer` moves `influenced` when moved, independently, with `probability` (0..1). */
  influencer: Int32Array;
  influenced: Int32Array;
  probability: Float64Array;
  /** The person of each seed; −1 for a seed that is not to be used. */
  seeds: Int32Array;
  /** Worth of reaching each person, at least 0. */
  value: Float64Array;
}

/** Lists of ties up to this length are walked tie by tie: a draw for each costs less than logarithms. */
const walked = 16;
/** So are lists whose next tie is at least so likely. */
const likely = 0.1;

/** Reverse-reachable sets, of each of which only the seeds in it are kept: nothing else is asked about them. */
export class SetPool {
  /** Sets drawn, those without a seed included. */
  drawn = 0;
  /** Sets with a seed; set s holds `members[end[s − 1] .. end[s])`. */
  stored = 0;
  end: Int32Array = new Int32Array(1024);
  members: Int32Array = new Int32Array(1024);

  get entries(): number {
    return this.stored === 0 ? 0 : this.end[this.stored - 1]!;
  }

  /** Makes room for one more set of up to `most` seeds. */
  reserve(most: number): void {
    if (this.stored === this.end.length) this.end = grown(this.end, 2 * this.stored);
    const wanted = this.entries + most;
    if (wanted > this.members.length)
      this.members = grown(this.members, Math.max(wanted, 2 * this.members.length));
  }
}

/**
 * The independent cascade run backwards (Borgs et al. 2014; Tang, Shi, Xiao 2015).
 *
 * A set holds everybody who would have moved its root: the root is drawn in proportion to `value`, and each tie into
 * somebody who is in the set lets its influencer in with its probability. Then for any seeds S the worth of all whom they
 * reach is `worth` · P(S meets the set).
 *
 * Only people whom some seed can reach are roots or members: the others are in no set with a seed, and leaving them out makes
 * `worth` smaller and every estimate surer, exactly.
 *
 * Ties into one person are tried by jumps (SUBSIM; Guo et al. 2020): in falling order of probability, the next tie that a
 * coin of the likeliest one left would let in is a geometric jump away, and is kept with the ratio of the two.
 */
export class ReverseCascades {
  /** Σ value of the people whom the seeds can reach. */
  readonly worth: number;
  /** Ties between them. */
  readonly ties: number;
  /** Ties looked at so far, those jumped over included: what drawing costs. */
  work = 0;
  readonly #start: Int32Array;
  readonly #source: Int32Array;
  readonly #chance: Float64Array;
  readonly #roots: Int32Array;
  /** Running sums of the roots' values; null where all are equal. */
  readonly #upTo: Float64Array | null;
  readonly #seedOf: Int32Array;
  readonly #most: number;
  readonly #seen: Int32Array;
  readonly #queue: Int32Array;
  #sets = 0;

  /** @throws FatalError for a probability outside 0..1, a value below 0, ties out of order, or a person who seeds twice. */
  constructor(input: CascadeInput) {
    const { peopleCount, value } = input;
    this.#seedOf = seedsByPerson(input);
    const isReachable = reachable(input);
    ({ start: this.#start, source: this.#source, chance: this.#chance } = tiesInto(input, isReachable));
    this.ties = this.#source.length;
    this.#roots = Int32Array.from({ length: peopleCount }, (_, person) => person).filter(
      person => isReachable[person] === 1 && value[person]! > 0,
    );
    const first = value[this.#roots[0] ?? 0]!;
    if (this.#roots.every(root => value[root] === first)) {
      this.#upTo = null;
      this.worth = this.#roots.length * (first ?? 0);
    } else {
      let sum = 0;
      this.#upTo = Float64Array.from(this.#roots, root => {
        sum += value[root]!;
        return sum;
      });
      this.worth = sum;
    }
    this.#most = input.seeds.length;
    this.#seen = new Int32Array(peopleCount);
    this.#queue = new Int32Array(peopleCount);
  }

  /** Adds sets to the pool until `count` are drawn. */
  drawUpTo(pool: SetPool, count: number, random: Random): void {
    while (pool.drawn < count) {
      pool.reserve(this.#most);
      const before = pool.entries;
      const after = this.#grow(this.#root(random), pool.members, before, random);
      pool.drawn++;
      if (after > before) pool.end[pool.stored++] = after;
    }
  }

  #root(random: Random): number {
    const upTo = this.#upTo;
    if (upTo === null) return this.#roots[random.below(this.#roots.length)]!;
    const at = random.next() * this.worth;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return this.#roots[low]!;
  }

  /** Grows one set from its root and writes its seeds from `length` on. @returns where they end. */
  #grow(root: number, members: Int32Array, length: number, random: Random): number {
    const start = this.#start;
    const source = this.#source;
    const chance = this.#chance;
    const seedOf = this.#seedOf;
    const seen = this.#seen;
    const queue = this.#queue;
    const set = ++this.#sets;
    let end = length;
    let waiting = 1;
    let work = 0;
    queue[0] = root;
    seen[root] = set;
    for (let next = 0; next < waiting; next++) {
      const person = queue[next]!;
      if (seedOf[person]! >= 0) members[end++] = seedOf[person]!;
      const last = start[person + 1]!;
      work += last - start[person]!;
      for (let tie = start[person]!; tie < last; tie++) {
        const best = chance[tie]!;
        if (last - tie > walked && best < likely) {
          tie += Math.floor(Math.log(1 - random.next()) / Math.log1p(-best));
          if (tie >= last) break;
          if (random.next() * best >= chance[tie]!) continue;
        } else if (random.next() >= best) continue;
        const other = source[tie]!;
        if (seen[other] === set) continue;
        seen[other] = set;
        queue[waiting++] = other;
      }
    }
    this.work += work;
    return end;
  }
}

function seedsByPerson({ peopleCount, seeds }: CascadeInput): Int32Array {
  const seedOf = new Int32Array(peopleCount).fill(-1);
  seeds.forEach((person, seed) => {
    if (person < 0) return;
    if (person >= peopleCount) throw new FatalError(`seed ${person} is outside 0..${peopleCount - 1}`);
    if (seedOf[person]! >= 0) throw new FatalError(`person ${person} is a candidate twice`);
    seedOf[person] = seed;
  });
  return seedOf;
}

/** 1 for each person whom a seed reaches when every tie carries. */
function reachable(input: CascadeInput): Uint8Array {
  const { peopleCount, influenced, probability, seeds, value } = input;
  if (value.length !== peopleCount || value.some(worth => !(worth >= 0 && worth < Number.POSITIVE_INFINITY)))
    throw new FatalError(`each of ${peopleCount} people needs a value of at least 0`);
  const start = startsOf(input);
  const isReachable = new Uint8Array(peopleCount);
  const queue = new Int32Array(peopleCount);
  let waiting = 0;
  for (const person of seeds) {
    if (person < 0) continue;
    isReachable[person] = 1;
    queue[waiting++] = person;
  }
  for (let next = 0; next < waiting; next++) {
    const last = start[queue[next]! + 1]!;
    for (let tie = start[queue[next]!]!; tie < last; tie++) {
      const person = influenced[tie]!;
      if (isReachable[person] === 1 || probability[tie] === 0) continue;
      isReachable[person] = 1;
      queue[waiting++] = person;
    }
  }
  return isReachable;
}

/** Where each influencer's ties begin; one more element for the end of the last. */
export function startsOf({
  peopleCount,
  influencer,
  influenced,
  probability,
}: Omit<CascadeInput, 'seeds' | 'value'>): Int32Array {
  const start = new Int32Array(peopleCount + 1);
  let before = 0;
  for (let tie = 0; tie < influencer.length; tie++) {
    const from = influencer[tie]!;
    const to = influenced[tie]!;
    if (!(from >= before && from < peopleCount && to >= 0 && to < peopleCount))
      throw new FatalError(
        `tie ${tie} from ${from} to ${to} is out of order or outside 0..${peopleCount - 1}`,
      );
    if (!(probability[tie]! >= 0 && probability[tie]! <= 1))
      throw new FatalError(`tie ${tie} has the probability ${probability[tie]}, outside 0..1`);
    start[from + 1]!++;
    before = from;
  }
  for (let person = 0; person < peopleCount; person++) start[person + 1]! += start[person]!;
  return start;
}

/** The ties turned round, for those influencers alone who can be reached; long lists in falling order of probability. */
function tiesInto(
  { peopleCount, influencer, influenced, probability }: CascadeInput,
  isReachable: Uint8Array,
): { start: Int32Array; source: Int32Array; chance: Float64Array } {
  const counts = (tie: number) => isReachable[influencer[tie]!] === 1 && probability[tie]! > 0;
  const start = new Int32Array(peopleCount + 1);
  for (let tie = 0; tie < influencer.length; tie++) if (counts(tie)) start[influenced[tie]! + 1]!++;
  for (let person = 0; person < peopleCount; person++) start[person + 1]! += start[person]!;
  const source = new Int32Array(start[peopleCount]!);
  const chance = new Float64Array(start[peopleCount]!);
  const next = start.slice(0, peopleCount);
  for (let tie = 0; tie < influencer.length; tie++) {
    if (!counts(tie)) continue;
    const place = next[influenced[tie]!]!++;
    source[place] = influencer[tie]!;
    chance[place] = probability[tie]!;
  }
  for (let person = 0; person < peopleCount; person++) {
    const from = start[person]!;
    const to = start[person + 1]!;
    if (to - from <= walked) continue;
    const sources = source.slice(from, to);
    const chances = chance.slice(from, to);
    const order = sources.map((_, place) => place).sort((a, b) => chances[b]! - chances[a]! || a - b);
    order.forEach((old, place) => {
      source[from + place] = sources[old]!;
      chance[from + place] = chances[old]!;
    });
  }
  return { start, source, chance };
}

/** A longer array with the same beginning, in place where the system can. */
function grown(array: Int32Array, length: number): Int32Array {
  return new Int32Array((array.buffer as ArrayBuffer).transfer(4 * length));
}
