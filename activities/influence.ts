import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Network, NetworkInput } from '../methods/network.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { World } from './world.ts';

const method = new URL('../methods/network.ts', import.meta.url);

/** Influencers whose total effect on each one they move is published. */
const strongest = 1000;

const shapes = {
  est_influence: {
    sentence: "Hubbell's status of each author, its share in the network's total, and PageRank.",
    grain: ['author_number'],
    checks: [
      'abs(cie) <= 1',
      'abs(cie_beyond_self) <= 1',
      'abs(cie_without_coordination) <= 1',
      'abs(cie_beyond_self_without_coordination) <= 1',
      'pagerank >= 0',
    ],
  },
  est_total_effects: {
    sentence: 'Direct and indirect influence of the strongest influencers on each one they have a tie to.',
    grain: ['influencer_number', 'influenced_number'],
    checks: ['total_effect IS NOT NULL'],
  },
} satisfies EstimateShapes;

/** Sums influence over the network of ties, in a thread of its own. */
export async function sumInfluence(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const outline: EstimateOutline = {
    stage: 'influence',
    step: 'network',
    methods: [method],
    shapes,
    models: ['int_people'],
    reads: ['stg_ties'],
    parameters: { strongest },
  };
  return estimateStep(world, input, outline, async ({ session, lay, run, note }) => {
    await lay('views');
    const people = await session.columns('SELECT author_number FROM int_people ORDER BY author_number');
    const ties = await session.columns(
      'SELECT influencer_number, influenced_number, weight, weight_without_coordination, net_responses FROM stg_ties ORDER BY influencer_number, influenced_number',
    );
    const network = await run<NetworkInput, Network>(
      'weighNetwork',
      {
        people: people.author_number as Int32Array,
        influencer: ties.influencer_number as Int32Array,
        influenced: ties.influenced_number as Int32Array,
        weight: ties.weight as Float64Array,
        weightWithoutCoordination: ties.weight_without_coordination as Float64Array,
        netResponses: ties.net_responses as Float64Array,
        strongest,
      },
      // Millions of ties move instead of lying in memory twice.
      [people, ties].flatMap(buffersOf),
    );
    const { rounds, bound } = network.findings;
    note(`${rounds} rounds, error at most ${bound.toExponential(1)}`);
    await session.load('est_influence', network.influence);
    await session.load('est_total_effects', network.totalEffects);
  });
}
