import type { Columns, Session } from '../engine/engine.ts';
import { reasonOf } from '../methods/persona-reason.ts';
import type { Personas } from '../methods/personas.ts';
import type { Points } from '../methods/points.ts';
import type { EstimateShapes } from './estimates.ts';
import type { RegisteredPersona } from './personaInputs.ts';

/** The tables that finding personas leaves behind. */
export const personaShapes = {
  est_persona_before: {
    sentence: 'The persona each person was last in, as the night before remembered it.',
    grain: ['author_id'],
    checks: ['persona_number >= 1'],
  },
  est_personas: {
    sentence: 'The personas of tonight.',
    grain: ['persona_number'],
    checks: ['size >= 1', 'stability BETWEEN 0 AND 1'],
  },
  est_persona_register: {
    sentence: 'Every persona ever born, with its id and name, which nobody else gets.',
    grain: ['persona_number'],
    checks: ['born_on <= seen_on'],
  },
  est_persona_members: {
    sentence:
      'The persona of each influential person, NULL where there are none, and the distance to its centre.',
    grain: ['person_number'],
    checks: ['(persona_number IS NULL) = (distance IS NULL)'],
  },
  est_person_features: {
    sentence:
      'Influential people, and those who care for the category, in the space of the features: est_persona_scales says how.',
    grain: ['person_number', 'feature_number'],
    checks: ['value IS NOT NULL'],
  },
  est_persona_traits: {
    sentence: 'How each persona differs from all influential people in each feature.',
    grain: ['persona_number', 'feature'],
    checks: ["direction IN ('high', 'low')"],
  },
  est_persona_trials: {
    sentence: 'The numbers of groups that were tried, and what speaks for each.',
    grain: ['groups'],
    checks: ['groups >= 1'],
  },
  est_persona_scales: {
    sentence:
      'The features that were used: value = (scaled − centre) / spread, held within ±3, 0 where unknown.',
    grain: ['feature_number'],
    checks: ['spread > 0'],
  },
} satisfies EstimateShapes;

/** A number as SQL stores it: what is not a number is unknown. */
const known = (value: number) => (Number.isNaN(value) ? null : value);

/**
 * Fills the tables of tonight's personas; `est_persona_before` is there already.
 *
 * @param people numbers of the people, those who were grouped first, in their order
 * @param register every persona born before tonight
 * @param day last day of the interval
 */
export async function fillPersonas(
  session: Session,
  found: Personas,
  people: Int32Array,
  register: readonly RegisteredPersona[],
  day: string,
): Promise<void> {
  const { personas, choice, membership, scales } = found;
  const grouped = membership.persona_number.length;
  await session.load('est_persona_members', { person_number: people.slice(0, grouped), ...membership });
  await session.load('est_person_features', longOf(found.space, people));
  await session.fill(
    'est_personas',
    {
      persona_number: 'INTEGER',
      size: 'BIGINT',
      stability: 'DOUBLE',
      similarity: 'DOUBLE',
      is_new: 'BOOLEAN',
    },
    personas.map(({ number, size, stability, similarity, isNew }) => [
      number,
      size,
      stability,
      known(similarity),
      isNew,
    ]),
  );
  await session.fill(
    'est_persona_register',
    {
      persona_number: 'INTEGER',
      persona_id: 'VARCHAR',
      name: 'VARCHAR',
      name_fr: 'VARCHAR',
      born_on: 'DATE',
      seen_on: 'DATE',
    },
    registerOf(found, register, day).map(one => [
      one.persona_number,
      one.persona_id,
      one.name,
      one.name_fr,
      one.born_on,
      one.seen_on,
    ]),
  );
  await session.fill(
    'est_persona_traits',
    {
      persona_number: 'INTEGER',
      feature: 'VARCHAR',
      direction: 'VARCHAR',
      z: 'DOUBLE',
      mean: 'DOUBLE',
      mean_of_all: 'DOUBLE',
      unit: 'VARCHAR',
      is_defining: 'BOOLEAN',
    },
    personas.flatMap(({ number, traits }) =>
      traits.map(({ feature, direction, z, mean, meanOfAll, unit, isDefining }) => [
        number,
        feature,
        direction,
        known(z),
        known(mean),
        known(meanOfAll),
        unit,
        isDefining,
      ]),
    ),
  );
  await session.fill(
    'est_persona_trials',
    {
      groups: 'INTEGER',
      is_chosen: 'BOOLEAN',
      prediction_strength: 'DOUBLE',
      prediction_error: 'DOUBLE',
      gap: 'DOUBLE',
      gap_error: 'DOUBLE',
      gap_chance: 'DOUBLE',
      silhouette: 'DOUBLE',
      explained_share: 'DOUBLE',
      reason: 'VARCHAR',
    },
    choice.trials.map(({ k, predictionStrength, silhouette, explained, gap }) => [
      k,
      k === choice.k,
      predictionStrength.strength,
      predictionStrength.error,
      gap?.gap ?? null,
      gap?.error ?? null,
      gap === undefined || k === 1 ? null : (choice.chance ?? null),
      known(silhouette),
      explained,
      k === choice.k ? reasonOf(choice, grouped) : null,
    ]),
  );
  await session.fill(
    'est_persona_scales',
    {
      feature_number: 'INTEGER',
      feature: 'VARCHAR',
      scale: 'VARCHAR',
      centre: 'DOUBLE',
      spread: 'DOUBLE',
    },
    scales.map(({ feature, scale, centre, spread }, number) => [number, feature, scale, centre, spread]),
  );
}

/** One row a person and feature. */
function longOf({ values, rows, columns }: Points, people: Int32Array): Columns {
  const person_number = new Int32Array(rows * columns);
  const feature_number = new Int32Array(rows * columns);
  for (let at = 0; at < values.length; at++) {
    person_number[at] = people[Math.floor(at / columns)]!;
    feature_number[at] = at % columns;
  }
  return { person_number, feature_number, value: values };
}

function registerOf(
  { personas }: Personas,
  before: readonly RegisteredPersona[],
  day: string,
): RegisteredPersona[] {
  const living = new Set(personas.map(({ number }) => number));
  const born = personas
    .filter(({ isNew }) => isNew)
    .map(({ number, name }) => ({
      persona_number: number,
      persona_id: `persona-${number}`,
      name: name.en,
      name_fr: name.fr,
      born_on: day,
      seen_on: day,
    }));
  const older = before.map(one => (living.has(one.persona_number) ? { ...one, seen_on: day } : one));
  return [...older, ...born];
}
