import type { Lane } from '../../contracts/collecting.ts';
import type { Task } from '../../contracts/collection.ts';
import type { LiveSource } from '../../sources/liveSource.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';
import { ledgerHoles, piecesOf } from './holes.ts';
import { standingOf } from './lanes.ts';
import { withStaged } from './staged.ts';

/** At most so much of a hole is one question: where it fails, the rest is filled all the same. */
const longestPiece = 24 * 3600_000;

/**
 * What is to be asked again to fill the holes of a lane, each once in a filling. The tasks carry no key of a standing
 * question, so that what the next round asks does not change.
 *
 * @param planned standing tasks that are asked in the same plan: what they ask is left to them
 * @param since when the filling began; what was withheld after it was tried
 */
export async function fillingTasks(
  world: World,
  settings: Settings,
  lane: Lane,
  source: LiveSource,
  { now, planned, since }: { now: Date; planned: readonly Task[]; since: string },
): Promise<Task[]> {
  const holes = await withStaged(world, settings, lane, staged => ledgerHoles(staged, lane));
  const standing = standingOf(source, lane).filter(({ query }) => query.kind !== 'counts');
  return (holes ?? []).flatMap(hole => {
    if (hole.withheldAt !== null && Date.parse(hole.withheldAt) >= Date.parse(since)) return [];
    const asked = standing.find(({ query }) => query.label === hole.query);
    if (asked === undefined) return [];
    const { query } = asked;
    const same = planned.find(task => task.query.label === query.label && task.query.kind === query.kind);
    const next = same === undefined ? Infinity : Date.parse(same.span.from);
    return piecesOf(hole, { standing: asked, next, now })
      .filter(({ remedy }) => remedy === 'fill')
      .flatMap(({ from, to }) => cutAt(from, to))
      .map(span => ({ query, span }));
  });
}

function cutAt(first: number, last: number): Task['span'][] {
  const spans: Task['span'][] = [];
  for (let from = first; from < last; from += longestPiece) {
    const to = Math.min(last, from + longestPiece);
    spans.push({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  }
  return spans;
}
