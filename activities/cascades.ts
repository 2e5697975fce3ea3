import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import type { Cascades, CascadesInput } from '../methods/cascades.ts';
import type { Talk } from '../methods/talk.ts';
import { buffersOf, type EstimateShapes, storeEstimates } from './estimates.ts';
import { methodVersion } from './methodVersion.ts';
import { attachTables, codeOf, hashesOf, planModels } from './plan.ts';
import { fillParameters, parametersIn, parametersOf, settingsOf } from './settings.ts';
import { runStep } from './step.ts';
import { inThread } from './thread.ts';
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
  const { night, tables } = input;
  const { campaign } = await settingsOf(world.lake, night);
  const parameters = parametersOf(campaign, night);
  const plan = await planModels(await parseOnly(), ['int_talk'], new Set(Object.keys(tables)));
  const whenUnknown = campaign.forwarders.when_unknown;
  const making = {
    inputs: hashesOf(tables, plan.inputs),
    code: codeOf(plan.order, [await methodVersion(method)]),
    parameters: {
      ...parametersIn(
        plan.order.map(model => model.sql),
        parameters,
      ),
      when_unknown: whenUnknown,
    },
  };
  const outputs = Object.keys(shapes);
  return runStep(world, night, { stage: 'cascades', step: 'forest', making, outputs }, async workshop => {
    const { session, attempt } = workshop;
    await fillParameters(session, parameters);
    await attachTables(world.lake, session, tables, plan.inputs);
    await session.view('int_talk', plan.order[0]!.sql);
    const columns = await session.columns('SELECT * FROM int_talk ORDER BY message_number');
    const talk = columns as unknown as Talk;
    const grown = await inThread<CascadesInput, Cascades>(
      method,
      'growCascades',
      { talk, whenUnknown },
      { transfer: buffersOf(columns), signal: attempt.signal },
    );
    await session.load('est_forest', grown.forest);
    await session.load('est_conversation', grown.conversation);
    await session.load('est_inferred_forwards', grown.inferredForwards);
    await session.fill(
      'est_forward_findings',
      { measure: 'VARCHAR', value: 'BIGINT' },
      Object.entries(grown.findings),
    );
    return storeEstimates(world, night, workshop, shapes, making);
  });
}
