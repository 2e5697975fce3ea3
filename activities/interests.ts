import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Columns } from '../engine/engine.ts';
import type { Interests, InterestsInput } from '../methods/interests.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { World } from './world.ts';

const method = new URL('../methods/interests.ts', import.meta.url);
const reads = ['stg_person_topics', 'stg_person_words', 'stg_topic_dispersion', 'stg_topic_words'];

const shapes = {
  est_interests: {
    sentence: 'The stickiness of each person to each topic of which they said a word.',
    grain: ['topic_number', 'person_number'],
    // NULL where everybody says nothing else: there is no population to draw a share to.
    checks: [
      'topic_tokens > 0',
      'si IS NULL OR si BETWEEN 0 AND 1',
      'si_low IS NULL OR si_low BETWEEN 0 AND 1',
      'si IS NOT NULL OR NOT is_interested',
    ],
  },
  est_topics: {
    sentence: 'What everybody together says of each topic, and how far people differ in it.',
    grain: ['topic_number'],
    checks: ['people >= 0'],
  },
} satisfies EstimateShapes;

/** Fits how much people care for each topic, in a thread of its own. */
export async function fitInterests(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const outline: EstimateOutline = { stage: 'interests', step: 'people', methods: [method], shapes, reads };
  return estimateStep(world, input, outline, async ({ session, run }) => {
    const people = await session.columns(
      'SELECT person_number, words FROM stg_person_words ORDER BY person_number',
    );
    const masses = await session.columns(
      'SELECT topic_number, person_number, mass FROM stg_person_topics ORDER BY topic_number, person_number',
    );
    const topics = await session.columns(
      `SELECT w.topic_number, coalesce(d.dispersion, 1) AS dispersion
       FROM (SELECT DISTINCT topic_number FROM stg_topic_words) w
       LEFT JOIN stg_topic_dispersion d ON d.topic_number = w.topic_number ORDER BY w.topic_number`,
    );
    const found = await run<InterestsInput, Interests>(
      'fitInterests',
      {
        people: people as Columns & InterestsInput['people'],
        masses: masses as Columns & InterestsInput['masses'],
        topics: topics as Columns & InterestsInput['topics'],
      },
      [people, masses].flatMap(buffersOf),
    );
    await session.load('est_interests', found.interests);
    await session.load('est_topics', found.topics);
  });
}
