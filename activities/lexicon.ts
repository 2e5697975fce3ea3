import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Columns, Session } from '../engine/engine.ts';
import type { Lexicon, LexiconInput } from '../methods/lexicon.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { World } from './world.ts';

const method = new URL('../methods/lexicon.ts', import.meta.url);

const shapes = {
  est_lexicon: {
    sentence: 'What each word says of each topic, and of other meanings of its seeds.',
    grain: ['topic_number', 'term_number'],
    checks: ['weight BETWEEN 0 AND 1', 'other_weight BETWEEN 0 AND 1', 'weight = 0 OR other_weight = 0'],
  },
} satisfies EstimateShapes;

/** What the method reads: the messages that teach, their seeds and words, and how common these are. */
const read = ['int_lesson_seeds', 'int_lesson_words', 'int_lesson_terms'];

/** Grows the words of each topic from its seeds, in a thread of its own. */
export async function growLexicon(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const outline: EstimateOutline = {
    stage: 'interests',
    step: 'lexicon',
    methods: [method],
    shapes,
    models: read,
  };
  return estimateStep(world, input, outline, async ({ session, lay, run, note }) => {
    await lay();
    const lessons = await lessonsIn(session);
    const buffers = Object.values(lessons).flatMap(part =>
      part instanceof Int32Array ? [part.buffer as ArrayBuffer] : buffersOf(part),
    );
    const { words, findings } = await run<LexiconInput, Lexicon>('growLexicon', lessons, buffers);
    note(`${findings.learned} words learned, ${findings.otherSense} speak of another meaning`);
    await session.load('est_lexicon', words);
  });
}

async function lessonsIn(session: Session): Promise<LexiconInput> {
  const columns = async <Shape>(select: string) => (await session.columns(select)) as Columns & Shape;
  return {
    messages: await columns<LexiconInput['messages']>(
      'SELECT topic_number, message_number, person_number, language_number, is_excluded FROM int_lesson_seeds ORDER BY topic_number, message_number',
    ),
    hits: await columns<LexiconInput['hits']>(
      `SELECT DISTINCT h.topic_number, h.message_number, h.witness_number AS seed_number FROM int_seed_hits h
       SEMI JOIN int_lesson l ON l.message_number = h.message_number
       SEMI JOIN int_lesson_seeds s ON s.message_number = h.message_number AND s.topic_number = h.topic_number
       WHERE NOT h.is_excluded ORDER BY h.topic_number, h.message_number, h.witness_number`,
    ),
    words: await columns<LexiconInput['words']>(
      'SELECT topic_number, message_number, term_number FROM int_lesson_words ORDER BY topic_number, message_number, term_number',
    ),
    terms: await columns<LexiconInput['terms']>(
      'SELECT term_number, messages FROM int_lesson_terms ORDER BY term_number',
    ),
    seeds: await columns<LexiconInput['seeds']>(
      `SELECT s.topic_number, s.seed_number, s.term_number, CAST(s.is_excluded AS INTEGER) AS is_excluded, n.terms
       FROM est_seeds s JOIN int_seed_terms n ON n.seed_number = s.seed_number AND n.language = s.language
       ORDER BY s.topic_number, s.seed_number, s.term_number`,
    ),
    languageMessages: (
      await session.columns(
        `SELECT CAST(count(m.message_number) AS INTEGER) AS messages FROM int_languages l
         LEFT JOIN int_lesson m ON m.language_number = l.language_number GROUP BY l.language_number ORDER BY l.language_number`,
      )
    ).messages as Int32Array,
  };
}
