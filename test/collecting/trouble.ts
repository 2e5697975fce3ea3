import type { World } from '../../activities/world.ts';
import type { Span } from '../../contracts/collection.ts';
import type { PageAsk } from '../../sources/liveSource.ts';
import type { Village } from './village.ts';

/** A village behind a line that fails where it is told to, and that may forget what is long ago, or a stretch of it. */
export function troubled(
  world: World,
  village: Village,
  {
    fails = () => false,
    reachHours,
    hole,
  }: { fails?: (ask: PageAsk) => boolean; reachHours?: number; hole?: Span },
): World {
  const networks = village.networks();
  const open: typeof networks.open = (...of) => {
    const living = networks.open(...of);
    return {
      ...living,
      standing: living.standing.map(one => (reachHours === undefined ? one : { ...one, reachHours })),
      async page(ask) {
        if (fails(ask)) throw new Error('the line is cut');
        const page = await living.page(ask);
        return hole === undefined || ask.query.kind !== 'search' ? page : { ...page, hole };
      },
    };
  };
  return { ...world, networks: { ...networks, open } };
}

export class Killed extends Error {}

/** A world whose collector is killed where it keeps something, later from life to life: before that is durable, or just after. */
export function killedIn(world: World, life: number): World {
  let kept = 0;
  const commit: World['lake']['commit'] = async (...of) => {
    if (of[0].startsWith('collected/')) kept += 1;
    const isLast = kept > life / 2;
    if (isLast && life % 2 === 0) throw new Killed();
    const isFirst = await world.lake.commit(...of);
    if (isLast) throw new Killed();
    return isFirst;
  };
  return { ...world, lake: { ...world.lake, commit } };
}
