import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { duckdbEngine } from '../engine/duckdb.ts';
import { quoteText, type Session } from '../engine/engine.ts';

/** One figure of an answer, found by the same SQL in the night's table and in the peer's. */
interface Question {
  what: string;
  table: string;
  /** Over the views `answer`, and `rings` and `interests`, what was planted. */
  sql: string;
}

const inRing = `EXISTS (FROM rings a JOIN rings b USING (ring) WHERE a.author_id = author_a AND b.author_id = author_b)`;
const flagged = 'FROM answer WHERE is_flagged';

const questions: readonly Question[] = [
  { what: 'pairs flagged', table: 'fct_coordination', sql: `SELECT count(*) ${flagged}` },
  {
    what: 'planted pairs found (recall)',
    table: 'fct_coordination',
    sql: `SELECT (SELECT count(*) ${flagged} AND ${inRing})
      / (SELECT count(*) FROM rings a JOIN rings b USING (ring) WHERE a.author_id < b.author_id)`,
  },
  {
    what: 'flagged pairs that were not planted',
    table: 'fct_coordination',
    sql: `SELECT (SELECT count(*) ${flagged} AND NOT ${inRing}) / (SELECT count(*) ${flagged})`,
  },
  {
    // By the sum of ranks; of those with sixty words and a word of the topic.
    what: 'interests: mean over topics of the area under the curve',
    table: 'fct_interests',
    sql: `SELECT avg((ranks - n * (n + 1) / 2) / (n * (others - n))) FROM (
      SELECT topic, sum(place) FILTER (WHERE cares) AS ranks, count(*) FILTER (WHERE cares) AS n, count(*) AS others FROM (
        SELECT a.topic, i.author_id IS NOT NULL AS cares, rank() OVER (PARTITION BY a.topic ORDER BY a.si) AS place
        FROM answer a LEFT JOIN interests i ON i.author_id = a.author_id AND i.topic = a.topic
        WHERE a.tokens >= 60 AND a.topic_tokens > 0
      ) GROUP BY topic)`,
  },
  {
    what: 'personas',
    table: 'fct_persona_members',
    sql: "SELECT count(DISTINCT persona) FROM (SELECT CAST(COLUMNS('persona_(id|number)') AS VARCHAR) AS persona FROM answer) WHERE persona NOT IN ('', '-1')",
  },
  {
    what: 'people asked',
    table: 'fct_recruitment_plan',
    sql: 'SELECT count(*) FROM answer WHERE plan_rank IS NOT NULL',
  },
  {
    what: 'cost of asking them',
    table: 'fct_recruitment_plan',
    sql: 'SELECT CAST(sum(cost) AS DOUBLE) FROM answer WHERE plan_rank IS NOT NULL',
  },
  { what: 'orders with a code', table: 'fct_redemptions', sql: 'SELECT count(*) FROM answer' },
  { what: 'credited', table: 'fct_redemptions', sql: 'SELECT count(*) FROM answer WHERE reason IS NULL' },
  { what: 'entries of the ledger', table: 'fct_incentives', sql: 'SELECT count(*) FROM answer' },
  { what: 'paid', table: 'fct_incentives', sql: 'SELECT CAST(sum(amount) AS DOUBLE) FROM answer' },
];

export interface Answer {
  what: string;
  ours: number | undefined;
  theirs: number | undefined;
}

/** What the night and the peers answer, beside each other; `file` is the campaign file of the world, with its truth beside it. */
export async function compareAnswers(file: string, published: string, peer: string): Promise<Answer[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-answers-'));
  const session = await duckdbEngine({ memoryBytes: 2e9, threads: 2, spillBytes: 50e9 }).open(scratch);
  try {
    for (const name of ['rings', 'interests']) {
      const path = join(dirname(file), 'truth', `${name}.csv`);
      await session.view(name, `SELECT * FROM read_csv(${quoteText(path)}, header = true)`);
    }
    const answers: Answer[] = [];
    for (const { what, table, sql } of questions) {
      const ours = await figure(session, globSync(join(published, table, '*.parquet')), sql);
      const theirs = await figure(session, [join(peer, `${table}.parquet`)].filter(existsSync), sql);
      if (ours !== undefined || theirs !== undefined) answers.push({ what, ours, theirs });
    }
    return answers;
  } finally {
    session.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function figure(session: Session, files: string[], sql: string): Promise<number | undefined> {
  if (files.length === 0) return undefined;
  await session.attach('answer', files);
  const [row] = await session.rows<Record<string, number | null>>(sql);
  return Object.values(row!)[0] ?? undefined;
}
