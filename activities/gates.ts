import type { Campaign } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import type { Night } from '../contracts/night.ts';
import type { StoredTable } from '../contracts/table.ts';
import { models } from '../engine/models.ts';
import { nightBefore, nightOf } from '../lake/nights.ts';
import { rowsOf } from './storedRows.ts';
import type { World } from './world.ts';

/** A table that lost more of its rows than the campaign allows is not published. */
export async function checkGates(
  world: World,
  night: Night,
  campaign: Campaign,
  stored: StoredTable[],
): Promise<void> {
  const { max_drop, max_unmapped } = campaign.gates;
  const last =
    (await nightOf(world.lake, night.campaign, night.interval)) ??
    (await nightBefore(world.lake, night.campaign, night.interval.from));
  for (const table of stored) {
    if (models.get(table.table)?.mayShrink !== undefined) continue;
    const before = last?.tables.find(candidate => candidate.table === table.table)?.rows ?? 0;
    if (table.rows >= before * (1 - max_drop)) continue;
    throw new FatalError(
      `${table.table} would fall from ${before} rows (${last!.as_of}) to ${table.rows}, more than gates.max_drop ${max_drop} allows; nothing was published`,
      {
        next: 'look at the sources for what is missing; if the drop is right, raise gates.max_drop and run again',
      },
    );
  }
  if (max_unmapped === undefined) return;
  const shares = await rowsOf<{ source: string; fetched: number; unmapped: number }>(
    world,
    stored,
    'fct_coverage',
    'SELECT source, CAST(sum(fetched) AS BIGINT) AS fetched, CAST(sum(unmapped) AS BIGINT) AS unmapped FROM fct_coverage GROUP BY source ORDER BY source',
  );
  const over = shares.find(share => share.unmapped > max_unmapped * share.fetched);
  if (over === undefined) return;
  throw new FatalError(
    `${over.unmapped} of ${over.fetched} rows of source "${over.source}" carry fields that the parser does not know, more than gates.max_unmapped ${max_unmapped} allows; nothing was published`,
    {
      next: 'see the unmapped:… measures (a dry look: raise gates.max_unmapped), or teach the parser the fields',
    },
  );
}
