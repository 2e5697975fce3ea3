import { daysOf } from '../../contracts/campaign.ts';
import type { MissingNights } from '../../contracts/gaps.ts';
import { addDays } from '../../contracts/interval.ts';
import { committedNights } from '../../lake/nights.ts';
import { lanesOf } from '../collecting/lanes.ts';
import { withStaged } from '../collecting/staged.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';
import { rangesOf } from './missingNights.ts';

/**
 * Committed nights whose window holds messages that were seen for the first time since an instant: run again, they would
 * publish more. Nights that were committed since have them already.
 *
 * @param since ISO in UTC, by the collector's clock
 * @param committedSince ISO in UTC, by the clock of those who publish
 */
export async function changedNights(
  world: World,
  settings: Settings,
  { since, committedSince }: { since: string; committedSince: string },
): Promise<MissingNights[]> {
  const days = await newDays(world, settings, since);
  const { campaign, window } = settings.campaign;
  const newest = new Map<string, string>();
  for await (const night of committedNights(world.lake)) {
    const { from, to } = night.interval;
    if (night.campaign === campaign && to === addDays(from, 1) && !newest.has(from))
      newest.set(from, night.published_at);
  }
  const changed = [...newest].filter(([from, published]) => {
    const to = addDays(from, 1);
    const first = addDays(to, -daysOf(window.conversations));
    return published < committedSince && days.some(day => first <= day && day < to);
  });
  return rangesOf(changed.map(([from]) => from).sort());
}

/** The days of messages that were seen for the first time since then. */
async function newDays(world: World, settings: Settings, since: string): Promise<string[]> {
  const days = new Set<string>();
  const [...lanes] = new Map(lanesOf(settings).map(lane => [lane.source, lane])).values();
  for (const lane of lanes) {
    const found = await withStaged(world, settings, lane, ({ session }) =>
      session.rows<{ day: string }>(
        `SELECT DISTINCT strftime(min(created_at), '%Y-%m-%d') AS day FROM stg_rows
         GROUP BY message_id
         HAVING min(captured_at) >= TIMESTAMP '${since.replace('T', ' ').replace('Z', '')}' AND min(created_at) IS NOT NULL
         ORDER BY day`,
      ),
    );
    for (const { day } of found ?? []) days.add(day);
  }
  return [...days];
}
