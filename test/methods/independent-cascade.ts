import type { Random } from '../../methods/random.ts';

export interface World {
  peopleCount: number;
  influencer: Int32Array;
  influenced: Int32Array;
  probability: Float64Array;
  value: Float64Array;
}

export function worldOf(
  peopleCount: number,
  ties: readonly (readonly [from: number, to: number, probability: number])[],
  value: readonly number[] = new Array(peopleCount).fill(1),
): World {
  const sorted = [...ties].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    peopleCount,
    influencer: Int32Array.from(sorted, tie => tie[0]),
    influenced: Int32Array.from(sorted, tie => tie[1]),
    probability: Float64Array.from(sorted, tie => tie[2]),
    value: Float64Array.from(value),
  };
}

/**
 * The worth of those who are reached, exactly: over every way in which the ties may carry or not, with its probability.
 * What counts of each way are the people who reach each root, as bits; equal ones are added up.
 */
export class ExactSpread {
  readonly #weights = new Map<number, number>();

  constructor({ peopleCount, influencer, influenced, probability, value }: World) {
    const ties = influencer.length;
    if (ties > 16 || peopleCount > 20) throw new Error('too large to enumerate');
    for (let live = 0; live < 2 ** ties; live++) {
      let chance = 1;
      const reach = Array.from({ length: peopleCount }, (_, person) => 1 << person);
      for (let tie = 0; tie < ties; tie++)
        chance *= live & (1 << tie) ? probability[tie]! : 1 - probability[tie]!;
      if (chance === 0) continue;
      for (let changed = true; changed; ) {
        changed = false;
        for (let tie = 0; tie < ties; tie++) {
          if (!(live & (1 << tie))) continue;
          const more = reach[influenced[tie]!]! | reach[influencer[tie]!]!;
          changed ||= more !== reach[influenced[tie]!];
          reach[influenced[tie]!] = more;
        }
      }
      reach.forEach((movers, root) => {
        this.#weights.set(movers, (this.#weights.get(movers) ?? 0) + chance * value[root]!);
      });
    }
  }

  /** @param accepts the probability that each of the people asked takes part */
  of(asked: ReadonlyMap<number, number>): number {
    let total = 0;
    for (const [movers, weight] of this.#weights) {
      let nobody = 1;
      for (const [person, accepts] of asked) if (movers & (1 << person)) nobody *= 1 - accepts;
      total += weight * (1 - nobody);
    }
    return total;
  }
}

/** The mean worth of those who are reached over `runs` cascades played forwards, and its standard error. */
export function playForwards(
  { peopleCount, influencer, influenced, probability, value }: World,
  asked: ReadonlyMap<number, number>,
  runs: number,
  random: Random,
): { mean: number; error: number } {
  const start = new Int32Array(peopleCount + 1);
  for (const from of influencer) start[from + 1]!++;
  for (let person = 0; person < peopleCount; person++) start[person + 1]! += start[person]!;
  let sum = 0;
  let squares = 0;
  const movedIn = new Int32Array(peopleCount).fill(-1);
  for (let run = 0; run < runs; run++) {
    const queue: number[] = [];
    const move = (person: number) => {
      if (movedIn[person] === run) return;
      movedIn[person] = run;
      queue.push(person);
    };
    for (const [person, accepts] of asked) if (random.next() < accepts) move(person);
    let worth = 0;
    for (let next = 0; next < queue.length; next++) {
      const person = queue[next]!;
      worth += value[person]!;
      for (let tie = start[person]!; tie < start[person + 1]!; tie++)
        if (random.next() < probability[tie]!) move(influenced[tie]!);
    }
    sum += worth;
    squares += worth * worth;
  }
  const mean = sum / runs;
  return { mean, error: Math.sqrt((squares / runs - mean * mean) / runs) };
}

/** Every set of the candidates, as lists. */
export function* subsets(count: number): Generator<number[]> {
  for (let chosen = 0; chosen < 2 ** count; chosen++)
    yield Array.from({ length: count }, (_, place) => place).filter(place => chosen & (1 << place));
}
