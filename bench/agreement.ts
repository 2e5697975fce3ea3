import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FatalError } from '../contracts/errors.ts';
import { duckdbEngine } from '../engine/duckdb.ts';

/** The published tables that the peer makes too: their keys, and the columns that both must agree on. */
export const compared = {
  fct_messages: {
    key: ['message_id'],
    equal: [
      'parent_id',
      'root_id',
      'conversation_parent_id',
      'conversation_root_id',
      'forwarder_rule',
      'day',
    ],
    counts: ['spread', 'influence', 'jumps', 'impact', 'conversation_depth'],
    shares: [],
  },
  fct_cascades: {
    key: ['root_id'],
    equal: ['author_id', 'day', 'flags'],
    counts: [
      'size',
      'max_depth',
      'max_breadth',
      'structural_virality',
      'author_count',
      'seconds_to_first',
      'seconds_to_half',
    ],
    shares: [],
  },
  fct_influence_ties: {
    key: ['influencer_id', 'influenced_id'],
    equal: [],
    counts: ['responses'],
    shares: ['share', 'weight', 'total_effect'],
  },
  fct_influencers: {
    key: ['author_id'],
    equal: ['followers', 'forwards_received'],
    counts: ['messages', 'spread', 'influence', 'impact', 'cie_score'],
    shares: ['cie', 'cie_beyond_self', 'pagerank'],
  },
} as const;

/**
 * Largest difference, as a fraction of the larger value. Both sum responses in whole millionths, but a half may be rounded up by
 * the one and down by the other: in a tie of a twentieth of a response that is 2e-5.
 */
const tolerance = 3e-5;
/** Smaller values are compared as if they were this large: numbers of messages, and shares of a whole. */
const least = { counts: 1, shares: 1e-4 };

export interface Agreement {
  table: string;
  rows: number;
  /** Rows that only one of the two has. */
  unmatched: number;
  /** By column: rows that differ beyond the tolerance, and the largest relative difference. */
  columns: Record<string, { differing: number; largest: number }>;
}

/**
 * Compares the night's published tables with those of the peer, key by key: a check of both.
 *
 * @throws FatalError naming the first column in which they disagree
 */
export async function compareTables(published: string, peer: string): Promise<Agreement[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'sillage-agreement-'));
  const session = await duckdbEngine({ memoryBytes: 2e9, threads: 2, spillBytes: 50e9 }).open(scratch);
  try {
    const found: Agreement[] = [];
    for (const [table, { key, equal, counts, shares }] of Object.entries(compared)) {
      const files = (await readdir(join(published, table))).filter(name => name.endsWith('.parquet'));
      await session.attach(
        'ours',
        files.map(name => join(published, table, name)),
      );
      await session.attach('theirs', [join(peer, `${table}.parquet`)]);
      const equality = (name: string) =>
        `CASE WHEN o.${name} IS DISTINCT FROM t.${name} THEN 1e308 ELSE 0 END AS ${name}`;
      const gaps = [
        ...equal.map(equality),
        ...counts.map(name => `${relativeGap(name, least.counts)} AS ${name}`),
        ...shares.map(name => `${relativeGap(name, least.shares)} AS ${name}`),
      ];
      const names = [...equal, ...counts, ...shares];
      const measures = names.flatMap(name => [
        `count(*) FILTER (WHERE NOT is_unmatched AND ${name} > ${tolerance}) AS "differing ${name}"`,
        `coalesce(max(${name}) FILTER (WHERE NOT is_unmatched), 0) AS "largest ${name}"`,
      ]);
      const on = key.map(name => `o.${name} = t.${name}`).join(' AND ');
      const [row] = await session.rows<Record<string, number>>(
        `SELECT count(*) AS n, count(*) FILTER (WHERE is_unmatched) AS unmatched, ${measures.join(', ')}
         FROM (SELECT ${gaps.join(', ')}, o.${key[0]} IS NULL OR t.${key[0]} IS NULL AS is_unmatched
               FROM ours o FULL JOIN theirs t ON ${on})`,
      );
      found.push({
        table,
        rows: row!.n!,
        unmatched: row!.unmatched!,
        columns: Object.fromEntries(
          names.map(name => [
            name,
            { differing: row![`differing ${name}`]!, largest: row![`largest ${name}`]! },
          ]),
        ),
      });
    }
    refuseDisagreement(found);
    return found;
  } finally {
    session.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** NULL on one side only is as far apart as can be. */
function relativeGap(column: string, floor: number): string {
  const [ours, theirs] = [`CAST(o.${column} AS DOUBLE)`, `CAST(t.${column} AS DOUBLE)`];
  return `CASE WHEN ${ours} IS NULL AND ${theirs} IS NULL THEN 0 WHEN ${ours} IS NULL OR ${theirs} IS NULL THEN 1e308
    ELSE abs(${ours} - ${theirs}) / greatest(${floor}, abs(${ours}), abs(${theirs})) END`;
}

function refuseDisagreement(found: readonly Agreement[]): void {
  for (const { table, rows, unmatched, columns } of found) {
    const next = 'one of the two is wrong: look at a row of each';
    if (unmatched > 0)
      throw new FatalError(`${table}: ${unmatched} of ${rows} rows are in one of the two only`, { next });
    for (const [column, { differing, largest }] of Object.entries(columns)) {
      if (differing === 0) continue;
      throw new FatalError(
        `${table}.${column} differs in ${differing} of ${rows} rows, by up to ${largest}`,
        { next },
      );
    }
  }
}
