import { seededRandom } from '../../methods/random.ts';
import { contestants } from './contestants.ts';
import { observed } from './world.ts';
import { worlds } from './worlds.ts';

/** One method on one world: seeds `from` … `to` − 1. */
export interface Task {
  world: string;
  lift: number;
  method: string;
  from: number;
  to: number;
}

/** What it answered, by seed; amounts in the unit of the outcome, NaN where there is none. */
export interface Runs {
  total: Float64Array;
  low: Float64Array;
  high: Float64Array;
  truth: Float64Array;
  /** The truth for a lift of 1. */
  doubled: Float64Array;
  cost: Float64Array;
  /** Seed-major, as many a seed as the world has. */
  variates: Float64Array;
  /** Why it refused; empty where it decided. */
  refusals: string[];
}

/** The same seed is the same panel for every method and, but for the lift, for every lift. */
export function measure({ world: worldName, lift, method, from, to }: Task): Runs {
  const world = worlds.find(({ name }) => name === worldName)!;
  const { estimate } = contestants.find(({ name }) => name === method)!;
  const count = to - from;
  const column = () => new Float64Array(count);
  const runs = {
    ...{ total: column(), low: column(), high: column() },
    ...{ truth: column(), doubled: column(), cost: column() },
  };
  const variates: number[] = [];
  const refusals: string[] = [];
  for (let run = 0; run < count; run++) {
    const seed = from + run;
    const drawn = world.draw(seededRandom(seed, 'truth', worldName));
    const { panel, truth, cost } = observed(drawn, lift);
    const answer = estimate(panel, { confidence: 0.95, seed, hasUnitPlacebos: false });
    runs.total[run] = answer.total;
    runs.low[run] = answer.low;
    runs.high[run] = answer.high;
    runs.truth[run] = truth;
    runs.doubled[run] = observed(drawn, 1).truth;
    runs.cost[run] = cost;
    variates.push(...drawn.variates);
    refusals.push(answer.refusal ?? '');
  }
  return { ...runs, variates: Float64Array.from(variates), refusals };
}
