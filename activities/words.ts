import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import { modelOf } from '../engine/models.ts';
import type { Vocabulary, VocabularyInput } from '../methods/vocabulary.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import type { EstimateShapes } from './estimates.ts';
import { defineInParts } from './messageParts.ts';
import type { World } from './world.ts';

const method = new URL('../methods/vocabulary.ts', import.meta.url);

/** Letters that go to the thread in one text. */
const blockLength = 1_000_000;
/** What int_vocabulary leaves of a chunk. */
const longestChunk = 10_000;

const shapes = {
  est_terms: {
    sentence: 'The terms of the talk: stems of a language, and the way each is written most often.',
    grain: ['term_number'],
    checks: ["stem <> ''", "word <> ''"],
  },
  est_seeds: {
    sentence: 'The terms of each seed word and each excluded word in each language of the talk.',
    grain: ['seed_number', 'term_number'],
  },
  est_seed_conflicts: {
    sentence: 'Excluded words that exclude nothing in a language, where they are the same word as a seed.',
    grain: ['topic', 'excluded', 'language'],
  },
} satisfies EstimateShapes;

const made = ['stg_words', 'stg_worded_messages'];

/**
 * Finds the words of every message. Each distinct chunk of text passes the packages for words, stems and stop words
 * once, in a thread; the messages meet the result in one join.
 */
export async function splitWords(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const outline: EstimateOutline = {
    stage: 'interests',
    step: 'words',
    methods: [method],
    shapes,
    makes: made,
    models: made,
    loads: ['est_chunk_terms'],
    reads: ['stg_topic_words'],
    // Word boundaries are ICU's, which comes with Node.
    parameters: { icu: process.versions.icu ?? null, blockLength },
  };
  return estimateStep(world, input, outline, async bench => {
    const { session, signal, file, run, note } = bench;
    // Texts are read where they are needed and never laid down.
    await session.view('int_own_texts', modelOf('int_own_texts').sql);
    await session.define('int_vocabulary', modelOf('int_vocabulary').sql);
    const vocabulary = await vocabularyIn(session, file);
    const found = await run<VocabularyInput, Vocabulary>('splitWords', vocabulary);
    await session.load('est_chunk_terms', found.chunks);
    await session.load('est_terms', found.terms);
    await session.load('est_seeds', found.seeds);
    await session.load('est_seed_conflicts', found.conflicts);
    const [cut] = await session.rows<{ chunks: number }>(
      `SELECT count(*) AS chunks FROM int_vocabulary WHERE length(chunk) = ${longestChunk}`,
    );
    if (cut!.chunks > 0) note(`${cut!.chunks} chunks without a space were cut at ${longestChunk} letters`);
    await session.define('int_chunk_terms', modelOf('int_chunk_terms').sql);
    const words = { source: 'int_own_texts', numbered: 'stg_messages', signal };
    await defineInParts(session, modelOf('stg_words'), 'words_in_parts', words);
    await session.view('stg_words', 'SELECT * FROM words_in_parts');
    await session.view('stg_worded_messages', modelOf('stg_worded_messages').sql);
    await bench.store({ ...modelOf('stg_words'), isSorted: true });
    await bench.store(modelOf('stg_worded_messages'));
  });
}

/** The vocabulary as the method takes it: long texts of many chunks, because text by text is a hundred times slower. */
async function vocabularyIn(session: Session, file: string): Promise<VocabularyInput> {
  const languages = await session.rows<{ language: string }>(
    'SELECT DISTINCT language FROM int_vocabulary ORDER BY language',
  );
  const blocks = await session.rows<{ language: string; text: string }>(
    `SELECT language, string_agg(chunk, chr(10) ORDER BY chunk_number) AS text
     FROM (SELECT *, sum(length(chunk)) OVER (PARTITION BY language ORDER BY chunk_number) // ${blockLength} AS block FROM int_vocabulary)
     GROUP BY language, block ORDER BY language, block`,
  );
  const counts = await session.columns('SELECT occurrences FROM int_vocabulary ORDER BY chunk_number');
  const seeds = await session.rows<VocabularyInput['seeds'][number]>(
    'SELECT topic_number AS topic, topic AS "topicName", seed_number AS seed, word, is_excluded AS "isExcluded" FROM stg_topic_words ORDER BY seed_number',
  );
  const codes = languages.map(({ language }) => language);
  const numberOf = new Map(codes.map((code, number) => [code, number]));
  return {
    languages: codes,
    blocks: blocks.map(({ language, text }) => ({ language: numberOf.get(language)!, text })),
    occurrences: counts.occurrences as Int32Array,
    seeds,
    file,
  };
}
