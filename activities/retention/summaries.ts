import {
  type ExpectedCapture,
  followKinds,
  type KeptCapture,
  type OutcomeCapture,
  type SummaryCapture,
  type SummaryCounts,
  summaryCounts,
} from '../../contracts/collection.ts';
import type { Tables } from '../../contracts/table.ts';
import { parseOnly } from '../../engine/duckdb.ts';
import { quoteText, type Session } from '../../engine/engine.ts';
import { modelOf } from '../../engine/models.ts';
import { tableOf } from '../../lake/steps.ts';
import { contentsOf } from '../collecting/bundles.ts';
import { fillFiles } from '../collecting/holes.ts';
import { planModels } from '../modelPlan.ts';
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
 * Sums up days before their captures leave, one after the other: what the books lose with each, so that with its summary
 * they say what they said before.
 *
 * @param bundles all that a night would read together
 * @param days the bundles of each day that leaves, one at least, in the order in which they leave
 */
export async function summariesOf(
  world: World,
  campaign: string,
  bundles: readonly RawFile[],
  days: readonly (readonly RawFile[])[],
): Promise<Summaries> {
  const contents = await contentsOf(world.lake, bundles);
  const { tables } = await readCaptures(world, { campaign, scope: {} }, contents);
  return inWorkshop(world, async ({ session, attempt }) => {
    await attachStaged(world, session, tables);
    const files = days.flatMap((list, place) => list.map(({ source, file }) => [source, file, place]));
    await session.fill('leaving', { source: 'VARCHAR', file: 'VARCHAR', place: 'INTEGER' }, files);
    await keepBooks(session, bundles, 0);
    const captures: KeptCapture[][] = days.map(() => []);
    for (const { place, capture } of [...(await outcomesIn(session)), ...(await expectedIn(session))])
      captures[place]!.push(capture);
    const messages = await messagesOnlyIn(session);
    const gone = new Set<RawFile>();
    for (const [place, day] of days.entries()) {
      attempt.signal.throwIfAborted();
      for (const file of day) gone.add(file);
      await keepBooks(
        session,
        bundles.filter(file => !gone.has(file)),
        place + 1,
      );
      captures[place]!.push(...(await lostBetween(session, place, day[0]!.source)));
    }
    return { captures, messages };
  });
}

/** All that is staged, cut down to the files that are listed at the time. */
async function attachStaged(world: World, session: Session, tables: Tables): Promise<void> {
  await fillFiles(session, []);
  for (const name of stagedTables) {
    const { files } = await tableOf(world.lake, tables[name]!);
    const paths = files.map(({ key }) => world.lake.locate(key));
    await session.attach(`all_${name}`, paths);
    await session.view(
      name,
      `SELECT * FROM all_${name} WHERE file_sha256 IN (SELECT file_sha256 FROM raw_files)`,
    );
  }
}

/** The books of these files alone, as the table `books_<place>`. */
async function keepBooks(session: Session, bundles: readonly RawFile[], place: number): Promise<void> {
  await fillFiles(session, bundles);
  const given = new Set([...stagedTables, 'raw_files']);
  const { order } = await planModels(await parseOnly(), ['int_summaries'], given);
  for (const { table } of order) await session.define(table, modelOf(table).sql);
  const sums = summaryCounts.map(name => `sum(${name}) AS ${name}`);
  await session.define(
    `books_${place}`,
    `SELECT source, query, hour, ${sums.join(', ')} FROM int_summaries GROUP BY source, query, hour`,
  );
}

/**
 * What the books of a source lose when a day leaves: its rows, and what they meant for others. A deletion in a younger
 * day, say, is no longer known to be about that hour.
 */
async function lostBetween(session: Session, place: number, source: string): Promise<SummaryCapture[]> {
  const sums = summaryCounts.map(name => `CAST(sum(${name}) AS DOUBLE) AS ${name}`);
  const isNothing = summaryCounts.map(name => `sum(${name}) = 0`).join(' AND ');
  const less = summaryCounts.map(name => `-${name}`).join(', ');
  const rows = await session.rows<SummaryCounts & { label: string; hour: string | null }>(
    `SELECT query AS label, ${iso('books.hour')} AS hour, ${sums.join(', ')}
     FROM (
       SELECT source, query, hour, ${summaryCounts.join(', ')} FROM books_${place}
       UNION ALL
       SELECT source, query, hour, ${less} FROM books_${place + 1}
     ) books
     WHERE source = ${quoteText(source)}
     GROUP BY query, books.hour
     HAVING NOT (count(*) = 2 AND ${isNothing})
     ORDER BY query, books.hour`,
  );
  return rows.map(({ label, hour, ...counts }) => ({ what: 'summary', label, hour, counts }));
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
