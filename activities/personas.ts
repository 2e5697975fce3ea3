import { addDays } from '../contracts/interval.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { nightBefore } from '../lake/nights.ts';
import { reasonOf } from '../methods/persona-reason.ts';
import type { Personas, PersonasInput } from '../methods/personas.ts';
import { type EstimateOutline, type EstimateSettings, estimateStep } from './estimateStep.ts';
import { inOrder, readBefore, readFeatures, tablesBefore } from './personaInputs.ts';
import { fillPersonas, personaShapes } from './personaTables.ts';
import { parametersOf } from './settings.ts';
import type { World } from './world.ts';

const method = new URL('../methods/personas.ts', import.meta.url);

/** Groups influential people by what they have in common, in a thread of its own; personas of the night before go on. */
export async function findPersonas(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const { night } = input;
  const { lineage = {} } = (await nightBefore(world.lake, night.campaign, night.interval.from)) ?? {};
  const before = tablesBefore.filter(name => lineage[name] !== undefined);
  const day = addDays(night.interval.to, -1);
  const outlineOf = ({ campaign, parameters }: EstimateSettings): EstimateOutline => ({
    stage: 'personas',
    step: 'groups',
    methods: [method],
    shapes: personaShapes,
    models: ['int_persona_past'],
    loads: ['est_persona_before'],
    reads: ['stg_persona_features', 'stg_persona_platforms'],
    past: Object.fromEntries(before.map(name => [`${name} of the night before`, lineage[name]!.sha256])),
    parameters: { seed: campaign.seed, topic: topicOf(parameters), as_of: day },
  });
  return estimateStep(world, input, outlineOf, async bench => {
    const { session, campaign, note } = bench;
    const register = await readBefore(world.lake, session, lineage);
    await bench.lay('views');
    const { people, settled, influence, features } = await readFeatures(session);
    const past = await session.columns(
      `SELECT f.person_number, coalesce(p.persona_number, 0) AS persona_number
       FROM stg_persona_features f LEFT JOIN int_persona_past p ON p.person_number = f.person_number
       ${inOrder}`,
    );
    const found = await bench.run<PersonasInput, Personas>(
      'findPersonas',
      {
        seed: campaign.seed,
        people: settled,
        influence,
        features,
        before: past.persona_number as Int32Array,
        known: register.map(one => ({ number: one.persona_number, name: { en: one.name, fr: one.name_fr } })),
        topic: topicOf(parametersOf(campaign, night)),
      },
      features.map(({ values }) => values.buffer as ArrayBuffer),
    );
    const { personas, choice } = found;
    const reason = reasonOf(choice, settled);
    note(personas.length === 0 ? `no personas: ${reason}` : `${influence.length} people in ${reason}`);
    await fillPersonas(session, found, people, register, day, reason);
  });
}

/** The category that the campaign is about, if it has topics. */
function topicOf({ topic }: EstimateSettings['parameters']): string | null {
  return topic![1] as string | null;
}
