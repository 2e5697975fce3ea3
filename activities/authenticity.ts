import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Columns, Session } from '../engine/engine.ts';
import type { Coordination, CoordinationInput } from '../methods/coordination.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import { inThread } from './thread.ts';
import type { World } from './world.ts';

const method = new URL('../methods/coordination.ts', import.meta.url);

/** Share of false discoveries among flagged pairs that is put up with. */
const falseDiscoveryRate = 0.05;

/** What the judging reads, private to the stage. */
export const coordinationModels = [
  'int_pairs',
  'int_occasions',
  'int_degrees',
  'int_chances',
  'int_weight_threshold',
  'int_sharers',
  'int_bands',
  'int_crowd_limit',
];

const shapes = {
  est_coordination: {
    sentence:
      'Authors who shared the same things within ten seconds at least twice, and whether more often than by chance.',
    grain: ['author_a', 'author_b'],
    checks: [
      'author_a < author_b',
      'pairs >= 2',
      'symmetry > 0 AND symmetry <= 1',
      'p_value >= 0 AND p_value <= q_value AND q_value <= 1',
    ],
  },
  est_coordinated_messages: {
    sentence: 'Messages by which flagged pairs coincided.',
    grain: ['message_number'],
    checks: [],
  },
  est_coordination_findings: {
    sentence: 'What the search for coordination left out.',
    grain: ['measure'],
    checks: ['value >= 0'],
  },
} satisfies EstimateShapes;

/** Finds who acts in concert, and by which messages; the test runs in a thread of its own. */
export async function findCoordination(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const outline: EstimateOutline = {
    stage: 'authenticity',
    step: 'coordination',
    methods: [method],
    shapes,
    models: coordinationModels,
    parameters: { false_discovery_rate: falseDiscoveryRate },
  };
  return estimateStep(world, input, outline, async ({ session, signal, lay }) => {
    await lay();
    await session.load('est_coordination', await judgedPairs(session, signal));
    await session.define(
      'est_coordinated_messages',
      `SELECT DISTINCT m.message_number
       FROM (
         SELECT author_a, author_b, message_a AS message_number FROM int_coincidences
         UNION ALL SELECT author_a, author_b, message_b FROM int_coincidences
       ) m
       SEMI JOIN (SELECT author_a, author_b FROM est_coordination WHERE is_flagged) c
         ON c.author_a = m.author_a AND c.author_b = m.author_b`,
    );
    await session.define(
      'est_coordination_findings',
      `SELECT 'crowded_shares' AS measure, CAST(coalesce(sum(own), 0) AS BIGINT) AS value
       FROM int_bands CROSS JOIN int_crowd_limit
       WHERE shares > most_shares`,
    );
  });
}

/** The rows of `est_coordination`, from a session that holds the models. */
export async function judgedPairs(session: Session, signal: AbortSignal): Promise<Columns> {
  const [weights] = await session.rows<{ threshold: number }>('FROM int_weight_threshold');
  const [sharers] = await session.rows<{ authors: number }>('SELECT count(*) AS authors FROM int_sharers');
  const edges = await session.columns(
    `SELECT author_a, author_b, pairs, shared_objects,
       CAST(least(messages_a, messages_b) AS DOUBLE) / greatest(messages_a, messages_b) AS symmetry,
       by_hashtags, by_link, by_repost, by_text
     FROM int_pairs ORDER BY author_a, author_b`,
  );
  const occasions = await session.columns(
    `SELECT author_a, author_b, kind_number, occasions FROM int_occasions
     ORDER BY author_a, author_b, kind_number`,
  );
  const degrees = await session.columns(
    `SELECT author_number, stratum_number, shares FROM int_degrees ORDER BY author_number, stratum_number`,
  );
  const strata = await session.columns('SELECT kind_number, chance FROM int_chances ORDER BY stratum_number');
  const judged = await inThread<CoordinationInput, Coordination>(
    method,
    'judgeCoordination',
    {
      edges: edges as unknown as CoordinationInput['edges'],
      occasions: occasions as unknown as CoordinationInput['occasions'],
      degrees: degrees as unknown as CoordinationInput['degrees'],
      strata: strata as unknown as CoordinationInput['strata'],
      authors: sharers!.authors,
      threshold: weights!.threshold,
      falseDiscoveryRate,
    },
    { transfer: [occasions, degrees].flatMap(buffersOf), signal },
  );
  return { ...edges, ...judged };
}
