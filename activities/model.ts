import type { Night } from '../contracts/night.ts';
import type { Stage } from '../contracts/stages.ts';
import type { StepResult, StoredTable, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import type { Model } from '../engine/models.ts';
import { sha256 } from '../lake/steps.ts';
import { attachTables, codeOf, hashesOf, planModels } from './modelPlan.ts';
import { fillParameters, parametersIn, parametersOf, settingsOf } from './settings.ts';
import { runStep, type Workshop } from './step.ts';
import { storeTable } from './store.ts';
import type { World } from './world.ts';

export interface ModelInput {
  night: Night;
  stage: Stage;
  step: string;
  /** The tables to commit; the private ones they need are found in their SQL. */
  wanted: string[];
  tables: Tables;
}

/** Computes tables of `sql/` from committed ones, in one session. */
export async function runModel(world: World, input: ModelInput): Promise<StepResult> {
  const { night, tables } = input;
  const { campaign } = await settingsOf(world.lake, night);
  const parameters = parametersOf(campaign, night);
  const plan = await planModels(await parseOnly(), input.wanted, new Set(Object.keys(tables)));
  const texts = plan.order.map(model => model.sql);
  const making = {
    inputs: hashesOf(tables, plan.inputs),
    code: codeOf(plan.order),
    parameters: parametersIn(texts, parameters),
  };
  const outline = { stage: input.stage, step: input.step, making, outputs: input.wanted };
  return runStep(world, night, outline, async workshop => {
    await fillParameters(workshop.session, parameters);
    await attachTables(world.lake, workshop.session, tables, plan.inputs);
    return computeModels(world, night, workshop, plan.order, new Set(input.wanted), making);
  });
}

/** Runs models in order; the wanted ones are stored, the private ones stay in the session. */
export async function computeModels(
  world: World,
  night: Pick<Night, 'campaign'>,
  workshop: Workshop,
  order: readonly Model[],
  wanted: ReadonlySet<string>,
  making: { code: string; parameters: Record<string, unknown> },
): Promise<StoredTable[]> {
  const stored: StoredTable[] = [];
  for (const model of order) {
    workshop.attempt.signal.throwIfAborted();
    if (!wanted.has(model.table)) {
      await workshop.session.define(model.table, model.sql);
      continue;
    }
    await workshop.session.view(model.table, model.sql);
    stored.push(
      await storeTable(world.lake, night.campaign, workshop, { ...model, meaning: meaningOf(making) }),
    );
  }
  return stored;
}

const ofTheNight = ['interval_from', 'interval_to', 'window_from', 'as_of', 'file_sha256'];

/** Code and settings without the interval: what a file's bytes may depend on besides its rows. */
export function meaningOf(making: { code: string; parameters: Record<string, unknown> }): string {
  const settings = Object.entries(making.parameters).filter(([name]) => !ofTheNight.includes(name));
  return sha256(JSON.stringify([making.code, settings])).slice(0, 32);
}
