import { attachTables } from '../activities/modelPlan.ts';
import { inWorkshop } from '../activities/step.ts';
import { readConfig } from '../config.ts';
import { realWorld } from '../worker.ts';
import { onInterrupt } from './interrupt.ts';
import { publishedNights } from './published.ts';
import { print, type Terminal, tableText } from './terminal.ts';

interface Refused {
  source: string;
  file: string;
  line: number;
  reason: string;
  /** How many there are in all. */
  of_all: number;
}

const refusedRows = {
  tables: ['stg_refusals', 'stg_files'],
  select: `SELECT false AS is_sheet, f.source, f.file, r.line, r.item, r.reason
    FROM stg_refusals r JOIN stg_files f ON f.file_sha256 = r.file_sha256`,
};
const refusedSheetRows = {
  tables: ['stg_sheet_refusals'],
  select: 'SELECT true AS is_sheet, sheet AS source, file, line, 0 AS item, reason FROM stg_sheet_refusals',
};

/** `sillage quarantine`: the rows of exports and sheets that the shown night refused, with file, line and reason. */
export async function quarantine(terminal: Terminal, campaign: string, limit: number): Promise<void> {
  const signal = onInterrupt();
  const { nights } = await publishedNights({ campaign });
  const { lineage } = nights[0]!;
  const world = realWorld(readConfig(), () => ({ signal, progress: () => undefined }));
  const refused = await inWorkshop(world, async ({ session }) => {
    // A night of before sheets were read has none of their tables.
    const parts = [refusedRows, refusedSheetRows].filter(({ tables }) =>
      tables.every(name => name in lineage),
    );
    await attachTables(
      world.lake,
      session,
      lineage,
      parts.flatMap(({ tables }) => tables),
    );
    return session.rows<Refused>(
      `SELECT source, file, line, reason, count(*) OVER () AS of_all FROM (${parts.map(({ select }) => select).join(' UNION ALL ')})
       ORDER BY is_sheet, source, file, line, item LIMIT ${limit}`,
    );
  });
  const listed = refused.map(({ source, file, line, reason }) => ({ source, file, line, reason }));
  print(terminal, listed, () => {
    if (refused.length === 0) return `${campaign}: no row is in quarantine`;
    const rows = refused.map(row => [row.source, `${row.file}:${row.line}`, row.reason]);
    const rest = refused[0]!.of_all - rows.length;
    return [
      tableText(['source', 'file:line', 'reason'], rows),
      ...(rest > 0 ? [`and ${rest} more: --limit`] : []),
    ].join('\n');
  });
}
