import {
  type ExpectedCapture,
  followKinds,
  type KeptCapture,
  type OutcomeCapture,
  type SummaryCounts,
  summaryCounts,
} from '../../contracts/collection.ts';
import { parseOnly } from '../../engine/duckdb.ts';
import { quoteText, type Session } from '../../engine/engine.ts';
import { modelOf } from '../../engine/models.ts';
import { contentsOf } from '../collecting/bundles.ts';
import { fillFiles } from '../collecting/holes.ts';
import { attachTables, planModels } from '../modelPlan.ts';
import { readCaptures } from '../readCaptures.ts';
import { stagedTables } from '../readContent.ts';
import type { RawFile } from '../runRecord.ts';
import { inWorkshop } from '../step.ts';
import type { World } from '../world.ts';

/** What is to be kept of days that leave. */
export interface Summaries {
  /** By the given days, in their order. */
  captures: KeptCapture[][];
  /** Messages that nothing tells of any more. */
  messages: number;
}

/**
 * Sums up days before their captures leave, by what the ledger makes of them beside all that is read with them.
 *
 * @param bundles all that a night would read together
 * @param days the bundles of each day that leaves
 */
export async function summariesOf(
  world: World,
  campaign: string,
  bundles: readonly RawFile[],
  days: readonly (readonly RawFile[])[],
): Promise<Summaries> {
  const contents = await contentsOf(world.lake, bundles);
  const { tables } = await readCaptures(world, { campaign, scope: {} }, contents);
  return inWorkshop(world, async ({ session }) => {
    await attachTables(world.lake, session, tables, stagedTables);
    await fillFiles(session, bundles);
    const given = new Set([...stagedTables, 'raw_files']);
    const { order } = await planModels(await parseOnly(), ['int_summaries'], given);
    for (const { table } of order) await session.define(table, modelOf(table).sql);
    const files = days.flatMap((list, place) => list.map(({ source, file }) => [source, file, place]));
    await session.fill('leaving', { source: 'VARCHAR', file: 'VARCHAR', place: 'INTEGER' }, files);
    const captures: KeptCapture[][] = days.map(() => []);
    for (const { place, capture } of [
      ...(await outcomesIn(session)),
      ...(await expectedIn(session)),
      ...(await countsIn(session)),
    ])
      captures[place]!.push(capture);
    return { captures, messages: await messagesOnlyIn(session) };
  });
}

interface Placed {
  place: number;
  capture: KeptCapture;
}

const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')`;

/** How the standing questions ended: what an hour was covered by. Of those about messages the unanswered are counted. */
async function outcomesIn(session: Session): Promise<Placed[]> {
  const rows = await session.rows<
    { place: number; kind: OutcomeCapture['query']['kind']; label: string; from: string; to: string } & Pick<
      OutcomeCapture,
      'outcome' | 'reason' | 'captured_at'
    >
  >(
    `SELECT l.place, o.kind, o.query AS label, ${iso('o.span_from')} AS "from", ${iso('o.span_to')} AS "to", o.outcome,
       coalesce(o.reason, '') AS reason, coalesce(${iso('o.captured_at')}, '') AS captured_at
     FROM stg_outcomes o
     JOIN raw_files f ON f.file_sha256 = o.file_sha256
     JOIN leaving l ON l.source = f.source AND l.file = f.file
     WHERE o.kind NOT IN (${followKinds.map(quoteText).join(', ')})
     ORDER BY l.place, f.file, o.line, o.item`,
  );
  return rows.map(({ place, kind, label, from, to, outcome, reason, captured_at }) => {
    const query = { kind, label, subjects: [] };
    return {
      place,
      capture: { what: 'outcome', query, span: { from, to }, captured_at, outcome, reason },
    };
  });
}

async function expectedIn(session: Session): Promise<Placed[]> {
  const rows = await session.rows<Omit<ExpectedCapture, 'what'> & { place: number }>(
    `SELECT l.place, c.query AS label, ${iso('c.hour')} AS hour,
       CAST(max_by(c.expected, (c.captured_at, c.expected)) FILTER (WHERE c.expected IS NOT NULL) AS DOUBLE) AS expected,
       coalesce(${iso('max(c.captured_at)')}, '') AS captured_at
     FROM stg_counts c
     JOIN raw_files f ON f.file_sha256 = c.file_sha256
     JOIN leaving l ON l.source = f.source AND l.file = f.file
     WHERE c.query IS NOT NULL
     GROUP BY l.place, c.query, c.hour
     ORDER BY l.place, c.query, c.hour`,
  );
  return rows.map(({ place, ...expected }) => ({ place, capture: { what: 'expected', ...expected } }));
}

async function countsIn(session: Session): Promise<Placed[]> {
  const sums = summaryCounts.map(name => `CAST(sum(s.${name}) AS DOUBLE) AS ${name}`);
  const rows = await session.rows<SummaryCounts & { place: number; label: string; hour: string | null }>(
    `SELECT l.place, s.query AS label, ${iso('s.hour')} AS hour, ${sums.join(', ')}
     FROM int_summaries s
     JOIN leaving l ON l.source = s.source AND l.file = s.file
     GROUP BY l.place, s.query, s.hour
     ORDER BY l.place, s.query, s.hour`,
  );
  return rows.map(({ place, label, hour, ...counts }) => ({
    place,
    capture: { what: 'summary', label, hour, counts },
  }));
}

async function messagesOnlyIn(session: Session): Promise<number> {
  const [counted] = await session.rows<{ messages: number }>(
    `SELECT CAST(count(*) AS DOUBLE) AS messages FROM (
       SELECT r.message_id
       FROM int_rows r
       LEFT JOIN leaving l ON l.source = r.source AND l.file = r.file
       WHERE NOT r.is_deleted
       GROUP BY r.message_id
       HAVING count(*) = count(l.place)
     )`,
  );
  return counted!.messages;
}
