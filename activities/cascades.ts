import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Cascades, CascadesInput } from '../methods/cascades.ts';
import type { Talk } from '../methods/talk.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const method = new URL('../methods/cascades.ts', import.meta.url);

const shapes = {
  est_forest: {
    sentence: 'The trees of forwards: one row a message of the window and one an unseen root.',
    grain: ['message_number'],
    checks: [
      'depth >= 0',
      'subtree_size >= 0',
      '(parent_number IS NULL) = (depth = 0)',
      'rule BETWEEN 0 AND 2',
    ],
  },
  est_conversation: {
    sentence: 'The trees of answers: one row a message of the window and one an unseen root.',
    grain: ['message_number'],
    checks: ['depth >= 0', '(parent_number IS NULL) = (depth = 0)'],
  },
  est_inferred_forwards: {
    sentence: 'Whom a forward with an unknown forwarder may have come from, and how likely.',
    grain: ['responder_number', 'target_number'],
    checks: ['probability > 0 AND probability <= 1.000000001'],
  },
  est_forward_findings: {
    sentence: 'What inferring forwarders left out.',
    grain: ['measure'],
    checks: ['value >= 0'],
  },
} satisfies EstimateShapes;

/** Grows the trees of the window's messages in a thread of its own. */
export async function growForest(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const outlineOf = ({ campaign }: Settings): EstimateOutline => ({
    stage: 'cascades',
    step: 'forest',
    methods: [method],
    shapes,
    models: ['int_talk'],
    parameters: { when_unknown: campaign.forwarders.when_unknown },
  });
  return estimateStep(world, input, outlineOf, async ({ session, campaign, lay, run }) => {
    await lay('views');
    const columns = await session.columns('SELECT * FROM int_talk ORDER BY message_number');
    const grown = await run<CascadesInput, Cascades>(
      'growCascades',
      { talk: columns as unknown as Talk, whenUnknown: campaign.forwarders.when_unknown },
      buffersOf(columns),
    );
    await session.load('est_forest', grown.forest);
    await session.load('est_conversation', grown.conversation);
    await session.load('est_inferred_forwards', grown.inferredForwards);
    await session.fill(
      'est_forward_findings',
      { measure: 'VARCHAR', value: 'BIGINT' },
      Object.entries(grown.findings),
    );
  });
}
