import { hubbellSum, shareOfTotal } from './hubbell.ts';
import { pageRank } from './pagerank.ts';
import { totalEffects } from './total-effects.ts';

export interface NetworkInput {
  /** Numbers of the authors, ascending, unique: the nodes. */
  people: Int32Array;
  /** Ties between author numbers. */
  influencer: Int32Array;
  influenced: Int32Array;
  /** w of each tie. */
  weight: Float64Array;
  /** w of each tie without the responses that were made in concert. */
  weightWithoutCoordination: Float64Array;
  /** Signed responses of each tie; PageRank takes the positive ones. */
  netResponses: Float64Array;
  /** How many of the strongest influencers get their total effects. */
  strongest: number;
}

export interface Network {
  influence: Record<string, Int32Array | Float64Array>;
  totalEffects: Record<string, Int32Array | Float64Array>;
  findings: { rounds: number; bound: number; radius: number };
}

/** Hubbell's status of every author, the share of it in all, the same without coordination, PageRank beside it, and total effects of the strongest. */
export function weighNetwork(input: NetworkInput): Network {
  const { people, weight, netResponses } = input;
  const n = people.length;
  const nodeOf = new Int32Array((people.at(-1) ?? -1) + 1).fill(-1);
  for (let node = 0; node < n; node++) nodeOf[people[node]!] = node;
  const from = input.influencer.map(number => nodeOf[number]!);
  const to = input.influenced.map(number => nodeOf[number]!);
  const { score, rounds, bound, radius } = hubbellSum({ n, from, to, weight, exogenous: 1 });
  const isSame = weight.every((value, tie) => value === input.weightWithoutCoordination[tie]);
  const genuine = isSame
    ? score
    : hubbellSum({ n, from, to, weight: input.weightWithoutCoordination, exogenous: 1 }).score;
  const sources = strongestOf(score, input.strongest);
  const effects = totalEffects({ n, from, to, weight, sources });
  const known = [...effects.keys()].filter(tie => !Number.isNaN(effects[tie]!));
  return {
    influence: {
      author_number: people,
      score,
      cie: shareOfTotal(score),
      cie_beyond_self: shareOfTotal(score.map(value => value - 1)),
      score_without_coordination: genuine,
      cie_without_coordination: shareOfTotal(genuine),
      cie_beyond_self_without_coordination: shareOfTotal(genuine.map(value => value - 1)),
      // The edge runs from who responded to who was responded to.
      pagerank: pageRank({ n, from: to, to: from, weight: netResponses }).rank,
    },
    totalEffects: {
      influencer_number: Int32Array.from(known, tie => input.influencer[tie]!),
      influenced_number: Int32Array.from(known, tie => input.influenced[tie]!),
      total_effect: Float64Array.from(known, tie => effects[tie]!),
    },
    findings: { rounds, bound, radius },
  };
}

/** Nodes with the largest |score|, ties by number, ascending by node. */
function strongestOf(score: Float64Array, count: number): Int32Array {
  const nodes = Int32Array.from(score.keys());
  nodes.sort((a, b) => Math.abs(score[b]!) - Math.abs(score[a]!) || a - b);
  return nodes.slice(0, count).sort();
}
