import { distinctAudience } from './audience.ts';
import { type Beginning, type Choice, chooseOtherwise, chooseWithin } from './budgeted.ts';
import { Coverage, judge, judgeEach } from './coverage.ts';
import { costOf, type Limits } from './limits.ts';
import { equalSplit, randomChoices, topFollowers } from './obvious-choices.ts';
import { doubtOf, reachAtLeast, reachAtMost } from './opim.ts';
import { type Random, seededRandom } from './random.ts';
import { type CascadeInput, ReverseCascades, SetPool, startsOf } from './reverse-reachable.ts';

export interface RecruitmentInput {
  seed: number;
  /** People are numbered 0..peopleCount − 1. */
  peopleCount: number;
  /** Ties sorted by influencer, influenced, each pair once. */
  influencer: Int32Array;
  influenced: Int32Array;
  /** In 0..1. */
  probability: Float64Array;
  /** The person of each candidate, each at most once; all that follows is per candidate. */
  candidate: Int32Array;
  /** Whole ten-thousandths of the currency. */
  cost: Float64Array;
  /** Probability that they take part when asked. */
  acceptance: Float64Array;
  /** NaN where unknown. */
  followers: Float64Array;
  /** Group numbers; −1 for none. */
  persona: Int32Array;
  platform: Int32Array;
  /** By group number; Infinity for no quota. */
  personaQuota: Float64Array;
  platformQuota: Float64Array;
  /** 1 for candidates who must not be asked. */
  isHeldOut: Uint8Array;
  /** 1 for candidates whom neither the plan nor equal split may choose, though who looks at followers or draws lots might. */
  isExcluded?: Uint8Array;
  /** Groups among whom equal split divides the budget. */
  group: Int32Array;
  /** Ten-thousandths of the currency. */
  budget: number;
  /** Probability that any of the bounds is wrong. */
  delta: number;
  /** Drawing stops when the plan is proved to reach this share of the best possible. */
  targetRatio: number;
  /** Most sets in each of the two pools. */
  maxSets: number;
  /** Per person, worth of reaching them. */
  value: Float64Array;
}

export interface RecruitmentOutput {
  /** The plan in the order in which its members were chosen; reaches are judged on the second pool. */
  plan: {
    candidate: Int32Array;
    marginal: Float64Array;
    cumulative: Float64Array;
    alone: Float64Array;
    /** Distinct people with a tie from the members so far. */
    audience: Float64Array;
  };
  /** One row a strategy: 0 plan, 1 next best, 2 equal split, 3 top followers, 4 random (means over its draws). */
  strategies: {
    name: Int32Array;
    cost: Float64Array;
    reach: Float64Array;
    lower: Float64Array;
    upper: Float64Array;
    people: Float64Array;
  };
  /** Who is in strategies 0 to 3. */
  members: { strategy: Int32Array; candidate: Int32Array };
  certificate: {
    /** Sets in each pool. */
    sets: number;
    /** σ_low of the plan. */
    lower: number;
    /** OPT_up: no plan within the limits reaches more. */
    upper: number;
    /** lower / upper; NaN where nobody can be reached. */
    ratio: number;
    algorithm: string;
    /** f(S) + knapsack of what is left, on the first pool: what OPT_up is made of, without its allowance for chance. */
    knapsackBound: number;
  };
}

/** Of δ, OPIM-C's two bounds take two thirds; the nine other bounds of the five strategies share the rest. */
const certificateStatements = 3;
const strategyStatements = 27;
const draws = 100;
/** Plans without one member that are tried for the next best. */
const tries = 16;
const exchanges = 8;
/** More sets are not drawn when chance costs no more than this share of what the choice itself leaves open. */
const settled = 0.97;
/** Entries of a pool: 28 bytes each at the most, in all. */
const mostEntries = 2 ** 26;
/** Ties looked at for both pools: minutes. Only where whoever is reached moves more than one other do sets cost so much. */
const mostWork = 1e10;
const mostFirstSets = 2 ** 12;

/**
 * Whom to ask, so that within the budget and quotas the expected worth of the people whom their message reaches is greatest.
 *
 * Spread is the independent cascade; whoever is asked takes part with their acceptance and then counts as reached. Choice is
 * made on one pool of reverse-reachable sets and judged on another, drawn independently (OPIM-C; Tang et al. 2018); both are
 * doubled until the plan is proved to reach `targetRatio` of the best, or `maxSets`, memory or work is used up, or the gap is
 * the choice's own and not chance's.
 *
 * The plan is the better of greedy choice by gain per cost and by gain; while the best plan without one of its members is
 * better still, that one takes its place. Otherwise that one is the next best: of the plans that the same procedure makes
 * when one member may not be asked, for up to 16 members whom the plan loses least by, the one that covers most of the
 * first pool.
 *
 * The obvious choices get the money that the plan spends, not what it had no use for. All strategies keep to the same quotas
 * and hold-out and are judged on the same second pool. With probability 1 − δ all bounds hold together.
 *
 * @throws FatalError as `ReverseCascades` does
 */
export function choosePeople(input: RecruitmentInput): RecruitmentOutput {
  const { candidate, acceptance, cost, budget, delta, targetRatio, maxSets } = input;
  const start = startsOf(input);
  const askable = candidate
    .map((_, place) => place)
    .filter(place => input.isHeldOut[place] === 0 && acceptance[place]! > 0 && cost[place]! <= budget);
  const eligible = askable.filter(place => input.isExcluded?.[place] !== 1);
  const seeds = new Int32Array(candidate.length).fill(-1);
  for (const place of askable) seeds[place] = candidate[place]!;
  const cascades = new ReverseCascades({ ...input, seeds } satisfies CascadeInput);
  if (cascades.worth === 0) return nobody();
  const limits: Limits = {
    cost,
    budget,
    groupings: [
      { group: input.persona, quota: input.personaQuota },
      { group: input.platform, quota: input.platformQuota },
    ],
  };
  const stream = (method: string): Random => seededRandom(input.seed, 'recruitment', method);
  const chance = { selection: stream('selection'), judgement: stream('judgement'), draws: stream('draws') };

  const firstSets = Math.min(
    maxSets,
    mostFirstSets,
    powerWithin(mostEntries / askable.length),
    powerWithin(mostWork / 2 / cascades.ties),
  );
  const rounds = 1 + Math.floor(Math.log2(maxSets / firstSets));
  const [selection, judgement] = [new SetPool(), new SetPool()];
  const sampled = (statements: number) => ({
    sets: selection.drawn,
    worth: cascades.worth,
    doubt: doubtOf(statements, rounds, delta),
  });
  const covers = (members: number[]) => sum(judge(judgement, members, acceptance).marginal);
  for (let sets = firstSets; ; sets *= 2) {
    cascades.drawUpTo(selection, sets, chance.selection);
    cascades.drawUpTo(judgement, sets, chance.judgement);
    const coverage = new Coverage(selection, acceptance);
    const choice = chooseWithin(coverage, eligible, limits);
    const upper = reachAtMost(choice.bound, sampled(certificateStatements));
    const reached = reachAtLeast(covers(choice.members), sampled(certificateStatements)) / upper;
    const isFull =
      2 * Math.max(selection.entries, judgement.entries) > mostEntries || 2 * cascades.work > mostWork;
    const isSettled = reached >= settled * (choice.value / choice.bound);
    const canGainByMore = reached < targetRatio && !isSettled && eligible.length > 0;
    if (canGainByMore && !isFull && 2 * sets <= maxSets) continue;

    const { plan, next } = exchanged(coverage, choice.beginning, limits, choice);
    const perSet = cascades.worth / sets;
    const judged = judge(judgement, plan.members, acceptance);
    const lower = reachAtLeast(sum(judged.marginal), sampled(certificateStatements));
    const sameMoney = { ...limits, budget: costOf(plan.members, cost) };
    const random = randomChoices(askable, sameMoney, draws, chance.draws);
    const others = [
      next.members,
      equalSplit(eligible, sameMoney, input.group, choice.beginning.first),
      topFollowers(askable, sameMoney, input.followers),
    ];
    const named = [plan.members, ...others];
    const covered = [
      sum(judged.marginal),
      ...others.map(covers),
      sum(judgeEach(judgement, random, acceptance)) / draws,
    ];
    const doubtful = sampled(strategyStatements);
    return {
      plan: {
        candidate: Int32Array.from(plan.members),
        marginal: judged.marginal.map(value => value * perSet),
        cumulative: runningSums(judged.marginal).map(value => value * perSet),
        alone: judged.alone.map(value => value * perSet),
        audience: distinctAudience(
          plan.members.map(member => candidate[member]!),
          start,
          input.influenced,
          input.peopleCount,
        ),
      },
      strategies: {
        name: Int32Array.from(covered.keys()),
        cost: Float64Array.of(
          ...named.map(members => costOf(members, cost)),
          random.reduce((total, members) => total + costOf(members, cost), 0) / draws,
        ),
        reach: Float64Array.from(covered, value => value * perSet),
        lower: Float64Array.from(covered, (value, name) =>
          name === 0 ? lower : reachAtLeast(value, doubtful),
        ),
        upper: Float64Array.from(covered, value => reachAtMost(value, doubtful)),
        people: Float64Array.of(
          ...named.map(members => members.length),
          random.reduce((total, members) => total + members.length, 0) / draws,
        ),
      },
      members: {
        strategy: Int32Array.from(named.flatMap((members, name) => members.map(() => name))),
        candidate: Int32Array.from(named.flat()),
      },
      certificate: {
        sets,
        lower,
        upper,
        ratio: lower / upper,
        algorithm: `reverse-reachable sets, greedy by ${plan.rule}`,
        knapsackBound: choice.bound * perSet,
      },
    };
  }
}

/** The plan, replaced by the best one without one of its members as long as that is better; and the best one that is not. */
function exchanged(
  coverage: Coverage,
  beginning: Beginning,
  limits: Limits,
  first: Choice,
): { plan: Choice; next: Choice } {
  let plan = first;
  let next = chooseOtherwise(coverage, beginning, limits, plan, tries);
  for (let round = 0; round < exchanges && next.value > plan.value; round++) {
    const old = plan;
    plan = next;
    next = chooseOtherwise(coverage, beginning, limits, plan, tries);
    if (old.value > next.value) next = old;
  }
  return next.value > plan.value ? { plan: next, next: plan } : { plan, next };
}

/** What there is to say when nobody may be asked or reached. */
function nobody(): RecruitmentOutput {
  const none = () => new Float64Array(5);
  return {
    plan: {
      candidate: new Int32Array(),
      marginal: new Float64Array(),
      cumulative: new Float64Array(),
      alone: new Float64Array(),
      audience: new Float64Array(),
    },
    strategies: {
      name: Int32Array.of(0, 1, 2, 3, 4),
      cost: none(),
      reach: none(),
      lower: none(),
      upper: none(),
      people: none(),
    },
    members: { strategy: new Int32Array(), candidate: new Int32Array() },
    certificate: {
      sets: 0,
      lower: 0,
      upper: 0,
      ratio: Number.NaN,
      algorithm: 'nobody to choose from',
      knapsackBound: 0,
    },
  };
}

/** The largest power of two up to `most`, at least 1. */
function powerWithin(most: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(most)));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function runningSums(values: Float64Array): Float64Array {
  let total = 0;
  return values.map(value => {
    total += value;
    return total;
  });
}
