import { addDays } from '../contracts/interval.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { parseOnly } from '../engine/duckdb.ts';
import { nightBefore } from '../lake/nights.ts';
import { reasonOf } from '../methods/persona-reason.ts';
import type { Personas, PersonasInput } from '../methods/personas.ts';
import { storeEstimates } from './estimates.ts';
import { methodVersion } from './methodVersion.ts';
import { readBefore, readFeatures, tablesBefore } from './personaInputs.ts';
import { fillPersonas, personaShapes } from './personaTables.ts';
import { attachTables, codeOf, hashesOf, planModels } from './plan.ts';
import { parametersOf, settingsOf } from './settings.ts';
import { runStep } from './step.ts';
import { inThread } from './thread.ts';
import type { World } from './world.ts';

const method = new URL('../methods/personas.ts', import.meta.url);

/** Groups influential people by what they have in common, in a thread of its own; personas of the night before go on. */
export async function findPersonas(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const { night, tables } = input;
  const { campaign } = await settingsOf(world.lake, night);
  const { lineage = {} } = (await nightBefore(world.lake, night.campaign, night.interval.from)) ?? {};
  const given = new Set([...Object.keys(tables), 'est_persona_before']);
  const plan = await planModels(await parseOnly(), ['int_persona_past'], given);
  const inputs = [...plan.inputs, 'stg_persona_features', 'stg_persona_platforms']
    .filter(name => name in tables)
    .sort();
  const before = tablesBefore.filter(name => lineage[name] !== undefined);
  const topic = parametersOf(campaign, night).topic![1] as string | null;
  const day = addDays(night.interval.to, -1);
  const making = {
    inputs: {
      ...hashesOf(tables, inputs),
      ...Object.fromEntries(before.map(name => [`${name} of the night before`, lineage[name]!.sha256])),
    },
    code: codeOf(plan.order, [await methodVersion(method)]),
    parameters: { seed: campaign.seed, topic, as_of: day },
  };
  const outputs = Object.keys(personaShapes);
  return runStep(world, night, { stage: 'personas', step: 'groups', making, outputs }, async workshop => {
    const { session, attempt } = workshop;
    await attachTables(world.lake, session, tables, inputs);
    const register = await readBefore(world.lake, session, lineage);
    await session.view('int_persona_past', plan.order[0]!.sql);
    const { people, influence, features } = await readFeatures(session);
    const influential = influence.length;
    const past = await session.columns(
      `SELECT f.person_number, coalesce(p.persona_number, 0) AS persona_number
       FROM stg_persona_features f LEFT JOIN int_persona_past p ON p.person_number = f.person_number
       WHERE f.is_influential ORDER BY f.person_number`,
    );
    const found = await inThread<PersonasInput, Personas>(
      method,
      'findPersonas',
      {
        seed: campaign.seed,
        people: influential,
        influence,
        features,
        before: past.persona_number as Int32Array,
        known: register.map(one => ({ number: one.persona_number, name: { en: one.name, fr: one.name_fr } })),
        topic,
      },
      { transfer: features.map(({ values }) => values.buffer as ArrayBuffer), signal: attempt.signal },
    );
    const { personas, choice } = found;
    const reason = reasonOf(choice, influential);
    workshop.note(personas.length === 0 ? `no personas: ${reason}` : `${influential} people in ${reason}`);
    await fillPersonas(session, found, people, register, day);
    return storeEstimates(world, night, workshop, personaShapes, making);
  });
}
