import type { Lane } from '../../contracts/collecting.ts';
import type { Hole, Remedy } from '../../contracts/gaps.ts';
import { parseOnly } from '../../engine/duckdb.ts';
import type { Session } from '../../engine/engine.ts';
import { modelOf } from '../../engine/models.ts';
import type { StandingQuery } from '../../sources/liveSource.ts';
import { planModels } from '../modelPlan.ts';
import { stagedTables } from '../readContent.ts';
import type { RawFile } from '../runRecord.ts';
import type { Staged } from './staged.ts';

/** A hole as the ledger knows it; times in milliseconds. */
export interface LedgerHole {
  query: string;
  from: number;
  to: number;
  outcome: Hole['outcome'];
  reason: string;
  /** When a limit or an error last withheld a part of it, ISO; null where nothing says. */
  withheldAt: string | null;
}

/** The holes of a source by the ledger's own definition of what is covered. */
export async function ledgerHoles({ session, bundles }: Staged, { source }: Lane): Promise<LedgerHole[]> {
  await fillFiles(session, bundles);
  const { order } = await planModels(
    await parseOnly(),
    ['int_holes'],
    new Set([...stagedTables, 'raw_files']),
  );
  for (const { table } of order) await session.define(table, modelOf(table).sql);
  return session.rows<LedgerHole>(
    `SELECT query, CAST(epoch_ms(hole_from) AS DOUBLE) AS "from", CAST(epoch_ms(hole_to) AS DOUBLE) AS "to", outcome,
       coalesce(reason, '') AS reason, strftime(withheld_at, '%Y-%m-%dT%H:%M:%S.%fZ') AS "withheldAt"
     FROM int_holes WHERE source = '${source.replaceAll("'", "''")}' ORDER BY query, hole_from`,
  );
}

/** Hands in the list of files that models read. */
export async function fillFiles(session: Session, bundles: readonly RawFile[]): Promise<void> {
  const columns = {
    source: 'VARCHAR',
    query: 'VARCHAR',
    file: 'VARCHAR',
    format: 'VARCHAR',
    file_sha256: 'VARCHAR',
  } as const;
  await session.fill(
    'raw_files',
    columns,
    bundles.map(one => [one.source, one.query, one.file, one.format, one.sha256]),
  );
}

/** A part of a hole that can be dealt with in one way; times in milliseconds. */
export interface Piece {
  from: number;
  to: number;
  remedy: Remedy;
}

/**
 * Cuts a hole at what the network still serves, and at what the next round asks for anyway.
 *
 * @param standing the question, where the campaign still asks it
 * @param next from when on the next round asks, in milliseconds; Infinity where none does
 */
export function piecesOf(
  { from, to }: Pick<LedgerHole, 'from' | 'to'>,
  { standing, next, now }: { standing: StandingQuery | undefined; next: number; now: Date },
): Piece[] {
  if (standing === undefined) return [{ from, to, remedy: 'lost' }];
  const { reachHours } = standing;
  const reach = reachHours === undefined ? -Infinity : now.getTime() - reachHours * 3600_000;
  const within = (time: number) => Math.min(to, Math.max(from, time));
  const cuts = [from, within(reach), within(Math.max(reach, next)), to];
  const remedies: Remedy[] = ['lost', 'fill', 'next round'];
  return remedies.flatMap((remedy, place): Piece[] => {
    const piece = { from: cuts[place]!, to: cuts[place + 1]!, remedy };
    return piece.to - piece.from >= 1000 ? [piece] : [];
  });
}
