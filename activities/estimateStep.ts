import type { Night } from '../contracts/night.ts';
import type { Stage } from '../contracts/stages.ts';
import type { StepMaking, StepResult, StoredTable, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import { type EstimateShapes, storeEstimates } from './estimates.ts';
import { methodVersion } from './methodVersion.ts';
import { meaningOf } from './model.ts';
import { attachTables, codeOf, hashesOf, type ModelPlan, planModels } from './modelPlan.ts';
import { fillParameters, parametersIn, parametersOf, type Settings, settingsOf } from './settings.ts';
import { runStep, type Workshop } from './step.ts';
import { storeTable, type TableShape } from './store.ts';
import { inThread } from './thread.ts';
import type { World } from './world.ts';

/** What a step of a method reads and makes; all of it together is what the step depends on. */
export interface EstimateOutline {
  stage: Stage;
  step: string;
  /** Files of the methods; the first is the one that the bench runs in a thread. */
  methods: readonly [URL, ...URL[]];
  /** The `est_` tables that the step makes. */
  shapes: EstimateShapes;
  /** Tables that it stores itself, beside those. */
  makes?: readonly string[];
  /** Models of `sql/` that it reads; those they need in turn, and the committed tables, are found in their SQL. */
  models?: readonly string[];
  /** Tables that the step loads itself for the models to read. */
  loads?: readonly string[];
  /** Committed tables that it reads besides those of the models. */
  reads?: readonly string[];
  /** Hashes of what it reads that no step of this night made, by a name that tells what it is. */
  past?: Readonly<Record<string, string>>;
  /** What it depends on besides tables, code and the parameters that the models name. */
  parameters?: Readonly<StepMaking['parameters']>;
}

/** What a night's settings are for a step. */
export type EstimateSettings = Settings & { parameters: ReturnType<typeof parametersOf> };

/** Where a method's step works: `params` is filled, what is committed can be read, the models are not laid yet. */
export type Bench = Workshop &
  Settings & {
    signal: AbortSignal;
    /** Stores a table of the outline's `makes`, which lies in the session under its name. */
    store(shape: Omit<TableShape, 'meaning'>): Promise<void>;
    /** Lays the models out in order: as tables, or as views where each is read once. */
    lay(as?: 'tables' | 'views'): Promise<void>;
    /** Runs a function of the first method in a thread of its own; the buffers of `transfer` move there. */
    run<Input, Output>(
      functionName: string,
      input: Input,
      transfer?: readonly ArrayBuffer[],
    ): Promise<Output>;
  };

/**
 * Runs a method over committed tables: plans the models it reads, looks whether the same was computed before, and else
 * hands `estimate` a bench. `estimate` leaves the `est_` tables in the session under their names; they are stored then.
 */
export async function estimateStep(
  world: World,
  { night, tables }: { night: Night; tables: Tables },
  outlineOf: EstimateOutline | ((settings: EstimateSettings) => EstimateOutline | Promise<EstimateOutline>),
  estimate: (bench: Bench) => Promise<void>,
): Promise<StepResult> {
  const settings = await settingsOf(world.lake, night);
  const parameters = parametersOf(settings.campaign, night);
  const outline = typeof outlineOf === 'function' ? await outlineOf({ ...settings, parameters }) : outlineOf;
  const { stage, step, shapes, makes = [] } = outline;
  const { making, plan } = await makingOf(tables, outline, parameters);
  const outputs = [...Object.keys(shapes), ...makes];
  return runStep(world, night, { stage, step, making, outputs }, async workshop => {
    const { session } = workshop;
    const { signal } = workshop.attempt;
    await fillParameters(session, parameters);
    await attachTables(world.lake, session, tables, plan.inputs);
    const meaning = meaningOf(making);
    const others: StoredTable[] = [];
    await estimate({
      ...workshop,
      ...settings,
      signal,
      async store(shape) {
        others.push(await storeTable(world.lake, night.campaign, workshop, { ...shape, meaning }));
      },
      async lay(as = 'tables') {
        for (const { table, sql } of plan.order) {
          signal.throwIfAborted();
          await (as === 'tables' ? session.define(table, sql) : session.view(table, sql));
        }
      },
      run: (functionName, input, transfer = []) =>
        inThread(outline.methods[0], functionName, input, { transfer, signal }),
    });
    return [...(await storeEstimates(world, night, workshop, shapes, making)), ...others];
  });
}

/** What a step is made of, and the models to lay; `plan.inputs` are all committed tables that it reads. */
export async function makingOf(
  tables: Tables,
  { methods, models = [], loads = [], reads = [], past = {}, parameters = {} }: EstimateOutline,
  known: EstimateSettings['parameters'],
): Promise<{ making: StepMaking; plan: ModelPlan }> {
  const given = new Set([...Object.keys(tables), ...loads]);
  const { order, inputs: read } = await planModels(await parseOnly(), models, given);
  const inputs = [...new Set([...read, ...reads])].filter(name => !loads.includes(name)).sort();
  const texts = order.map(model => model.sql);
  const making = {
    inputs: { ...hashesOf(tables, inputs), ...past },
    code: codeOf(order, await Promise.all(methods.map(methodVersion))),
    parameters: { ...parametersIn(texts, known), ...parameters },
  };
  return { making, plan: { order, inputs } };
}
