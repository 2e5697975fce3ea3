import { noInteger } from '../contracts/columns.ts';
import { unitsPerOne } from '../contracts/money.ts';
import type { Columns, Scalar } from '../engine/engine.ts';
import type { RecruitmentOutput } from '../methods/recruitment.ts';
import type { PeopleArms } from './holdOutPower.ts';
import type { Recruitable, Recruits } from './recruits.ts';

/** The chosen as tables: est_recruits, est_strategies, est_strategy_members. */
export function tablesOfChoice(
  rows: readonly Recruitable[],
  recruits: Recruits,
  { plan, strategies, members }: RecruitmentOutput,
): Record<string, Columns> {
  const heldOut = [...rows.keys()].filter(place => recruits.isHeldOut[place] === 1);
  const asked = [...plan.candidate];
  const places = [...asked, ...heldOut];
  const person = (list: Iterable<number>) => Int32Array.from(list, place => recruits.candidate[place]!);
  const unknown = heldOut.map(() => Number.NaN);
  const padded = (values: Float64Array) => Float64Array.of(...values, ...unknown);
  return {
    est_recruits: {
      person_number: person(places),
      plan_rank: Int32Array.from(places, (_, rank) => (rank < asked.length ? rank + 1 : noInteger)),
      is_held_out: Uint8Array.from(places, (_, rank) => (rank < asked.length ? 0 : 1)),
      marginal_reach: padded(plan.marginal),
      cumulative_reach: padded(plan.cumulative),
      reach_alone: padded(plan.alone),
      cumulative_audience: padded(plan.audience),
      forwards_before: Float64Array.from(places, place => rows[place]!.forwards_before ?? Number.NaN),
    },
    est_strategies: {
      strategy_number: strategies.name,
      cost: strategies.cost.map(units => Math.round(units) / unitsPerOne),
      reach: strategies.reach,
      // Where nobody is reached the bound is 0 but for its last bit.
      lower_bound: strategies.lower.map((bound, place) => Math.min(bound, strategies.reach[place]!)),
      upper_bound: strategies.upper,
      people: strategies.people,
    },
    est_strategy_members: {
      strategy_number: members.strategy,
      person_number: person(members.candidate),
    },
  };
}

export const certificateColumns = {
  sets: 'INTEGER',
  optimum_upper_bound: 'DOUBLE',
  guaranteed_ratio: 'DOUBLE',
  confidence: 'DOUBLE',
  algorithm: 'VARCHAR',
} as const;

/** The row of est_certificate. A plan of nobody is a share of nothing: what chance would allow it says nothing about it. */
export function certificateOf({ plan, certificate }: RecruitmentOutput, delta: number): Scalar[] {
  const { sets, upper, ratio, algorithm } = certificate;
  return plan.candidate.length === 0
    ? [sets, null, null, 1 - delta, 'nobody to ask']
    : [sets, upper, ratio, 1 - delta, algorithm];
}

/** The people whom the hold-out compares. */
export function armsOf(
  rows: readonly Recruitable[],
  recruits: Recruits,
  { plan }: RecruitmentOutput,
): PeopleArms {
  const drawn = [...rows.keys()].filter(place => recruits.isExcluded[place] === 0);
  const heldOut = drawn.filter(place => recruits.isHeldOut[place] === 1).length;
  return {
    asked: plan.candidate.length,
    available: drawn.length - heldOut,
    heldOut,
    forwardsBefore: Float64Array.from(drawn, place => rows[place]!.forwards_before ?? Number.NaN),
  };
}

/** What there is where the campaign recruits nobody: no strategies, no candidates. */
export const nothingChosen: RecruitmentOutput = {
  plan: {
    candidate: new Int32Array(),
    marginal: new Float64Array(),
    cumulative: new Float64Array(),
    alone: new Float64Array(),
    audience: new Float64Array(),
  },
  strategies: {
    name: new Int32Array(),
    cost: new Float64Array(),
    reach: new Float64Array(),
    lower: new Float64Array(),
    upper: new Float64Array(),
    people: new Float64Array(),
  },
  members: { strategy: new Int32Array(), candidate: new Int32Array() },
  certificate: { sets: 0, lower: 0, upper: 0, ratio: Number.NaN, algorithm: '', knapsackBound: 0 },
};
