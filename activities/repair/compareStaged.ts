import type { Tables } from '../../contracts/table.ts';
import { quoteName, type Session } from '../../engine/engine.ts';
import { tableOf } from '../../lake/steps.ts';
import { inWorkshop } from '../step.ts';
import type { World } from '../world.ts';

/** What reading a source again came to, before and after. */
export interface RemappedSource {
  source: string;
  rowsBefore: number;
  rowsAfter: number;
  refusedBefore: number;
  refusedAfter: number;
  /** Rows that carry a field that the mapper does not know. */
  unmappedBefore: number;
  unmappedAfter: number;
  /** Messages, each by its newest row. */
  added: number;
  gone: number;
  changed: number;
}

const compare = `
  WITH sources AS (SELECT DISTINCT source, file_sha256 FROM raw_files),
  counted AS (
    SELECT 'before' AS side, s.source, count(*) AS row_count, count(*) FILTER (WHERE r.unmapped_fields > 0) AS unmapped
    FROM before_rows r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source
    UNION ALL
    SELECT 'after', s.source, count(*), count(*) FILTER (WHERE r.unmapped_fields > 0)
    FROM after_rows r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source
  ),
  refused AS (
    SELECT 'before' AS side, s.source, count(*) AS refusals
    FROM before_refusals r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source
    UNION ALL
    SELECT 'after', s.source, count(*)
    FROM after_refusals r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source
  ),
  told AS (
    SELECT 'before' AS side, s.source, r.message_id, max_by(hash(r), (r.captured_at, r.line, r.item, r.file_sha256)) AS said
    FROM before_rows r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source, r.message_id
    UNION ALL
    SELECT 'after', s.source, r.message_id, max_by(hash(r), (r.captured_at, r.line, r.item, r.file_sha256))
    FROM after_rows r JOIN sources s ON s.file_sha256 = r.file_sha256 GROUP BY s.source, r.message_id
  ),
  messages AS (
    SELECT
      coalesce(b.source, a.source) AS source,
      count(*) FILTER (WHERE b.message_id IS NULL) AS added,
      count(*) FILTER (WHERE a.message_id IS NULL) AS gone,
      count(*) FILTER (WHERE a.said <> b.said) AS changed
    FROM (SELECT * FROM told WHERE side = 'before') b
    FULL JOIN (SELECT * FROM told WHERE side = 'after') a ON a.source = b.source AND a.message_id = b.message_id
    GROUP BY 1
  )
  SELECT
    s.source,
    CAST(coalesce(cb.row_count, 0) AS INTEGER) AS "rowsBefore",
    CAST(coalesce(ca.row_count, 0) AS INTEGER) AS "rowsAfter",
    CAST(coalesce(rb.refusals, 0) AS INTEGER) AS "refusedBefore",
    CAST(coalesce(ra.refusals, 0) AS INTEGER) AS "refusedAfter",
    CAST(coalesce(cb.unmapped, 0) AS INTEGER) AS "unmappedBefore",
    CAST(coalesce(ca.unmapped, 0) AS INTEGER) AS "unmappedAfter",
    CAST(coalesce(m.added, 0) AS INTEGER) AS added,
    CAST(coalesce(m.gone, 0) AS INTEGER) AS gone,
    CAST(coalesce(m.changed, 0) AS INTEGER) AS changed
  FROM (SELECT DISTINCT source FROM sources) s
  LEFT JOIN counted cb ON cb.source = s.source AND cb.side = 'before'
  LEFT JOIN counted ca ON ca.source = s.source AND ca.side = 'after'
  LEFT JOIN refused rb ON rb.source = s.source AND rb.side = 'before'
  LEFT JOIN refused ra ON ra.source = s.source AND ra.side = 'after'
  LEFT JOIN messages m ON m.source = s.source
  ORDER BY s.source`;

/** Compares two stagings of the same raw files, source by source. @param before with the list of the files */
export function compareStaged(world: World, before: Tables, after: Tables): Promise<RemappedSource[]> {
  return inWorkshop(world, async ({ session }) => {
    const attach = async (name: string, tables: Tables, table: string) => {
      const { files } = await tableOf(world.lake, tables[table]!);
      await session.attach(
        name,
        files.map(file => world.lake.locate(file.key)),
      );
    };
    await attach('raw_files', before, 'raw_files');
    for (const [side, tables] of Object.entries({ before, after })) {
      await attach(`${side}_staged`, tables, 'stg_rows');
      await attach(`${side}_refusals`, tables, 'stg_refusals');
    }
    const columns = await columnsOfBoth(session);
    for (const side of ['before', 'after'])
      await session.view(`${side}_rows`, `SELECT ${columns.map(quoteName).join(', ')} FROM ${side}_staged`);
    return session.rows<RemappedSource>(compare);
  });
}

/** A column that came with a later version says nothing of what changed. */
async function columnsOfBoth(session: Session): Promise<string[]> {
  const names = async (table: string) => (await session.describe(table)).map(({ name }) => name);
  const before = new Set(await names('before_staged'));
  return (await names('after_staged')).filter(name => before.has(name));
}
